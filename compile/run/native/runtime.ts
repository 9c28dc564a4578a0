/**
 * ONNX Runtime on the CPU, in whichever way it is reached.
 * @module
 */
import type { ArrayOf, DType } from "../../dtype.ts";
import type { Waiting } from "../wait_choice.ts";

/** Types of tensors that go in and out. */
export type NativeType = DType | "uint8";

/**
 * Numbers that ONNX Runtime reads and writes where they are.
 *
 * Whoever makes it keeps it, and the memory of its numbers, until it is disposed of.
 */
export interface NativeTensor extends Disposable {
  readonly data: ArrayOf<DType>;
}

/** Tensors by the names of a graph. */
export type NativeTensors = Readonly<Record<string, NativeTensor>>;

/** A graph that is ready to run. */
export interface NativeSession extends Disposable {
  /**
   * Computes all outputs.
   *
   * @param feeds All inputs of the graph.
   * @param fetches All its outputs, which it overwrites.
   * @throws {Error} If ONNX Runtime cannot, in its words.
   */
  run(feeds: NativeTensors, fetches: NativeTensors): Promise<void>;
  /**
   * Computes all outputs on a thread of its own, while JavaScript goes on; through the package's module it cannot, and
   * does what `run()` does.
   *
   * @param feeds All inputs of the graph, not to be changed meanwhile.
   * @param fetches All its outputs, which it overwrites.
   * @throws {Error} If ONNX Runtime cannot, in its words.
   */
  runAside(feeds: NativeTensors, fetches: NativeTensors): Promise<void>;
}

/** Makes tensors and sessions. */
export interface NativeRuntime {
  /** Through the C API, or through the package's module. */
  readonly kind: "direct" | "binding";
  /** Lets all other tasks that wait have their turn: runs are synchronous. */
  turn(): Promise<void>;
  /**
   * Lays a tensor around numbers, in row-major order.
   *
   * @throws {TypeError} If the array is not of the type.
   */
  tensor(
    data: ArrayOf<DType>,
    shape: readonly number[],
    dtype: NativeType,
  ): NativeTensor;
  /** Prepares a graph, in the bytes of an ONNX file, to run on some threads, which spin unless told to sleep. */
  session(
    model: Uint8Array,
    threads: number,
    waiting?: Waiting,
  ): Promise<NativeSession>;
}

/** How threads wait for work; busily only during a run: otherwise those of two sessions hinder each other. */
export function waitingEntries(
  waiting: Waiting,
): readonly (readonly [key: string, value: string])[] {
  return [
    ["session.force_spinning_stop", "1"],
    ["session.intra_op.allow_spinning", waiting === "spinning" ? "1" : "0"],
  ];
}
