import type { DType } from "../dtype.ts";
import type { Output } from "../output.ts";
import type { Device } from "../types.ts";
import type { Waiting } from "./wait_choice.ts";
import type { FeedBatch } from "./feed.ts";

/** Outputs of a call by name. */
export type RunnerOutputs = Readonly<Record<string, Output<DType>>>;

/** A compiled function on its device. */
export interface Runner {
  readonly device: Device;
  /** How the threads wait for each other, where there are several. */
  readonly waiting?: Waiting | undefined;
  /** Whether a call may begin before an earlier one is done. */
  readonly isAside?: boolean;
  /** Runs one call on checked inputs; it may write into outputs of an earlier one. */
  run(batch: FeedBatch, into?: RunnerOutputs): Promise<RunnerOutputs>;
  dispose(): void;
}
