import type * as tf from "@tensorflow/tfjs";
import type { DType } from "./dtype.ts";
import type { InputSpecs, Parallel, StepResult, TableSpecs } from "./types.ts";

/** A function to compile, its names erased. */
export type StepFunction = (
  tensors: Readonly<Record<string, tf.Tensor>>,
) => StepResult;

/** Options of `compile()`, with what was left out filled in. */
export interface RunnerOptions {
  readonly inputs: InputSpecs;
  readonly tables: TableSpecs;
  readonly outputs: Readonly<Record<string, DType>>;
  readonly threads: number;
  readonly stepsPerCall: number;
  readonly parallel: Parallel;
  readonly variables: "changing" | "steady";
  /** The most bytes of numbers inside a graph, where there is another limit than that of ONNX files. */
  readonly mostBytes?: number;
}
