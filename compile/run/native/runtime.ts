/**
 * ONNX Runtime on the CPU, in whichever way it is reached.
 * @module
 */
import type { ArrayOf, DType } from "../../dtype.ts";

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
  /** Prepares a graph, in the bytes of an ONNX file, to run on some threads. */
  session(model: Uint8Array, threads: number): Promise<NativeSession>;
}

/** Threads wait for work busily, but only during a run: otherwise those of two sessions hinder each other. */
export const STOP_SPINNING = {
  key: "session.force_spinning_stop",
  value: "1",
} as const;
