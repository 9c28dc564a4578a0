import type { DType } from "../dtype.ts";
import type { Output } from "../output.ts";
import type { Device } from "../types.ts";
import type { Waiting } from "./wait_choice.ts";
import type { FeedBatch } from "./feed.ts";

/** A compiled function on its device. */
export interface Runner {
  readonly device: Device;
  /** How the threads wait for each other, where there are several. */
  readonly waiting?: Waiting | undefined;
  /** Whether a call may begin before an earlier one is done. */
  readonly isAside?: boolean;
  /** Runs one call on checked inputs. */
  run(batch: FeedBatch): Promise<Readonly<Record<string, Output<DType>>>>;
  dispose(): void;
}
