/**
 * What goes into a compiled function and what comes out, as types.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { DType } from "./dtype.ts";
import type { Output } from "./output.ts";
import type { Waiting } from "./run/wait_choice.ts";

/** Where a compiled function runs: ONNX Runtime on the CPU or on WebGPU, or eagerly in TensorFlow.js. */
export type Device = "cpu" | "webgpu" | "tfjs";

/**
 * What the threads of the CPU share: the operations of one call after the other, or calls that are in flight together,
 * each of which has a thread of its own.
 */
export type Parallel = "operations" | "calls";

/** Shape and type of an input, which changes at every step. */
export interface InputSpec {
  /** Lengths of the axes, for one step. */
  readonly shape: readonly number[];
  /** "float32" unless given. */
  readonly dtype?: DType;
}

/** Inputs by name. */
export type InputSpecs = Readonly<Record<string, InputSpec>>;

/** Data that stays on the device: the function sees it as a tensor beside its inputs. */
export interface TableSpec {
  /** Bytes appear to the function as int32, and take a byte each on the device; unless `dtype` is "bool". */
  readonly data: Float32Array | Int32Array | Uint8Array;
  /** Lengths of the axes; their product is the length of `data`. */
  readonly shape: readonly number[];
  /** The type of `data` unless given: float32, or int32 for integers and bytes. */
  readonly dtype?: DType;
}

/** Tables by name. */
export type TableSpecs = Readonly<Record<string, TableSpec>>;

/** Tensor of the rank of a shape whose length is known, such as Tensor2D; else any tensor. */
export type TensorOf<Shape extends readonly AxisLength[]> = Shape extends
  readonly [] ? tf.Scalar
  : Shape extends readonly [AxisLength] ? tf.Tensor1D
  : Shape extends readonly [AxisLength, AxisLength] ? tf.Tensor2D
  : Shape extends readonly [AxisLength, AxisLength, AxisLength] ? tf.Tensor3D
  : Shape extends readonly [AxisLength, AxisLength, AxisLength, AxisLength]
    ? tf.Tensor4D
  : tf.Tensor;

/** Length of an axis; in an exported file also a name, such as "batch", for a length that is free. */
export type AxisLength = number | string;

/** Shape and type of an input of an exported file, whose axes may be free. */
export interface ExportInputSpec {
  /** Lengths of the axes; the one free axis of a file has a name instead, in every input that has it. */
  readonly shape: readonly AxisLength[];
  /** "float32" unless given. */
  readonly dtype?: DType;
}

/** Inputs of an exported file by name. */
export type ExportInputSpecs = Readonly<Record<string, ExportInputSpec>>;

/** What the function is called with: a tensor for each input and table. */
export type StepTensors<I extends ExportInputSpecs, T extends TableSpecs> =
  & { readonly [K in keyof I]: TensorOf<I[K]["shape"]> }
  & { readonly [K in keyof T]: TensorOf<T[K]["shape"]> };

/** What the function returns: tensors by name. */
export type StepResult = Readonly<Record<string, tf.Tensor>>;

/** Numbers for an input; one number stands for an input of one number per step. Every byte but 0 is true. */
export type Feed<D extends DType | undefined> = D extends "int32"
  ? Int32Array | Uint8Array | number
  : D extends "bool" ? Uint8Array | boolean
  : Float32Array | Uint8Array | number;

/** Numbers for all inputs: in a call of k steps each has a leading axis of k. */
export type Feeds<I extends InputSpecs> = {
  readonly [K in keyof I]: Feed<DTypeOf<I[K]>>;
};

/** Types that an input may have: float32 unless its spec names one, any where that is not known. */
export type DTypeOf<S extends InputSpec> = "dtype" extends keyof S
  ? NonNullable<S["dtype"]> | (undefined extends S["dtype"] ? "float32" : never)
  : "float32";

/** Types of the outputs that are not float32, by name. */
export type OutputDTypes<R extends StepResult> = {
  readonly [K in keyof R]?: DType;
};

/** Outputs by name: in a call of k steps each has a leading axis of k. */
export type Outputs<R extends StepResult, D extends OutputDTypes<R>> = {
  readonly [K in keyof R]: Output<
    D[K] extends DType ? D[K] : "float32"
  >;
};

/** How to compile a function. */
export interface CompileOptions<
  I extends InputSpecs,
  T extends TableSpecs,
  R extends StepResult,
  D extends OutputDTypes<R>,
> {
  /** What changes at every step. */
  readonly inputs: I;
  /** What never changes, and stays on the device. */
  readonly tables?: T;
  /** Types of the outputs that are not float32. */
  readonly outputs?: D & OutputDTypes<R>;
  /**
   * The int32 input that seeds what the function draws inside, as layers with dropout or noise do: another key at each
   * step gives other numbers, the same on all devices. Nothing may be drawn inside unless given.
   */
  readonly randomness?: keyof I & string;
  /** Where to run; see `resolveDevice()` to choose. */
  readonly device: Device;
  /** CPU threads, from 1 to 256: 2, or the cores of the machine if fewer, unless given. */
  readonly threads?: number;
  /**
   * Whether variables that the function only reads change often, which is assumed unless said. Steady ones become part of
   * the graph on the CPU, which prepares products with them, and is prepared anew where they have changed.
   */
  readonly variables?: "changing" | "steady";
  /** Steps of one call: 1 unless given. Otherwise inputs and outputs have a leading axis of steps. */
  readonly stepsPerCall?: number;
  /**
   * What the CPU's threads share: "operations" unless given. With "calls", `run()` may be called again before an
   * earlier call is done, and as many calls as there are threads are computed side by side, while JavaScript goes on:
   * for independent parts of a large job, no thread then waits for another. The function must change no variable, and
   * what a call is fed must stay as it is until the call is done. Other devices do one call after the other.
   */
  readonly parallel?: Parallel;
}

/** A compiled function, whose variables live on the device. */
export interface Step<
  I extends InputSpecs,
  R extends StepResult,
  D extends OutputDTypes<R>,
> extends Disposable {
  /** Where it runs. */
  readonly device: Device;
  /**
   * How the CPU's threads wait for each other now: which way is faster on the machine as it is, is found out while it
   * runs, and changes no bit of the results. Nothing where there are no several threads.
   */
  readonly waiting: Waiting | undefined;
  /**
   * Runs one call.
   *
   * @param inputs Numbers for each input. With `stepsPerCall` above 1, each has a leading axis of that
   * many steps or fewer, the same for all.
   * @param into Outputs of an earlier call of as many steps that nobody needs any more: on the CPU the new numbers take
   * the place of theirs, so that no memory is asked for anew.
   * @returns Copies of the outputs.
   * @throws {TypeError} If an input is missing, unknown or of another type, or a variable was disposed of.
   * @throws {RangeError} If an input, or an output to write into, has another length, its type does not hold a number,
   * or an index lies out of bounds. A call that fails changes nothing, or keeps exactly the whole steps that its error
   * names.
   * @throws {CompileError} If a setting of an optimizer is no longer the one that was compiled.
   */
  run(inputs: Feeds<I>, into?: Outputs<R, D>): Promise<Outputs<R, D>>;
  /** Writes the newest values of all variables that compiled functions changed into the tf.Variables. */
  sync(): Promise<void>;
  /** Frees what this function alone holds; the variables keep their newest values. */
  dispose(): void;
}
