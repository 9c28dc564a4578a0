/**
 * Runs a stage from a script.
 * @module
 */
import type { Progress } from "../context.ts";
import type { Stage } from "../stage.ts";
import { chooseDevice, type DeviceChoice } from "./choose_device.ts";
import { memoryRun } from "./memory_run.ts";
import { quietProgress } from "./progress/quiet_progress.ts";
import { runStage } from "./run_stage.ts";
import type { Store } from "./store.ts";

/** How to run a stage. */
export interface ExecuteOptions {
  /** A whole number from 0 to 2^53 - 1, from which every random number derives. */
  readonly seed: number;
  /** `auto` unless given. */
  readonly device?: DeviceChoice;
  /** CPU threads of compiled functions: 2, or the machine's cores if fewer, unless given. */
  readonly threads?: number;
  /** Keeps metrics, checkpoints and artifacts; a run in memory unless given. */
  readonly store?: Store;
  /** Says nothing unless given. */
  readonly progress?: Progress;
  /** Aborts the run at the next batch. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a stage.
 *
 * @param stage The stage, mostly a pipeline.
 * @param input The entries it needs.
 * @param options How to run it.
 * @returns The entries it adds.
 * @throws {StageError} If a stage fails, naming the path to it.
 */
export async function execute<In extends object, Out extends object>(
  stage: Stage<In, Out>,
  input: In,
  options: ExecuteOptions,
): Promise<Out> {
  return await runStage(stage, input, {
    seed: options.seed,
    device: await chooseDevice(options.device ?? "auto"),
    threads: options.threads ?? Math.min(2, navigator.hardwareConcurrency),
    store: options.store ?? memoryRun(),
    progress: options.progress ?? quietProgress(),
    signal: options.signal ?? new AbortController().signal,
  });
}
