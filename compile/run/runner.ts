import type * as tf from "@tensorflow/tfjs";
import type {
  Device,
  DType,
  InputSpecs,
  StepResult,
  TableSpecs,
} from "../types.ts";
import type { FeedBatch } from "./feed.ts";
import type { Output } from "./output.ts";

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
}

/** A compiled function on its device. */
export interface Runner {
  readonly device: Device;
  /** Runs one call on checked inputs. */
  run(batch: FeedBatch): Promise<Readonly<Record<string, Output<DType>>>>;
  dispose(): void;
}
