/**
 * The root of every run.
 * @module
 */
import "../../../compile/quiet_tfjs.ts";
import type { Device } from "../../../compile/types.ts";
import type { Progress, StageCache } from "../context.ts";
import { MOST_BYTES } from "../data/known_data.ts";
import { fold, keyFrom } from "../random/key.ts";
import type { Stage } from "../stage.ts";
import { StageError } from "../stage_error.ts";
import { settle } from "../task/settings_table.ts";
import type { Store } from "./store.ts";
import { summaryOf } from "./summary.ts";

/** What a run is made with. */
export interface Setting {
  /** From which every random number derives. */
  readonly seed: number;
  /** Where compiled functions run. */
  readonly device: Device;
  /** CPU threads of compiled functions. */
  readonly threads: number;
  /** The most bytes of a data file given by path, without gzip; 2^30 unless given. */
  readonly dataLimit?: number;
  /** Keeps what stages hand over. */
  readonly store: Store;
  /** What the person at the terminal sees. */
  readonly progress: Progress;
  /** Aborts the run. */
  readonly signal: AbortSignal;
  /** Takes trainings from earlier runs; none unless given. */
  readonly stageCache?: StageCache;
}

/**
 * Runs a stage as the outermost one: its path is its name, its key the seed's key folded with its name.
 *
 * @param stage The stage, mostly a pipeline.
 * @param input The entries it needs.
 * @param setting What the run is made with.
 * @returns The entries it adds.
 * @throws {RangeError} If a setting breaks its rule, before any work.
 * @throws {StageError} If a stage fails, naming the path to it.
 * @throws What the signal was aborted with, if it was.
 */
export async function runStage<In extends object, Out extends object>(
  stage: Stage<In, Out>,
  input: In,
  { seed, store, dataLimit = MOST_BYTES, ...setting }: Setting,
): Promise<Out> {
  const path = [stage.name];
  const key = fold(keyFrom(seed), stage.name);
  const { metrics, checkpoints, artifacts, describe } = store;
  const leftOut: Record<string, string> = {};
  const stores = {
    metrics,
    checkpoints,
    artifacts,
    describe,
    leaveOut: (name: string, reason: string) => {
      leftOut[name] = reason;
      describe({ leftOut: { ...leftOut } });
    },
    keepSummary: (entries: object) => {
      const summary = summaryOf(entries);
      if (summary) store.summarize(summary);
    },
  };
  setting.signal.throwIfAborted();
  const settled = settle(stage.settings, input);
  setting.progress.stage(path);
  try {
    return await stage.run(settled, {
      ...setting,
      ...stores,
      dataLimit,
      path,
      key,
    });
  } catch (error) {
    if (error instanceof StageError || setting.signal.aborted) throw error;
    throw new StageError(path, error);
  }
}
