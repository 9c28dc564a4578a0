/**
 * Runs a stage in a folder and writes down how it ended.
 * @module
 */
import { waitsTaken } from "../../../compile/run/waiting_sessions.ts";
import type { Stage } from "../stage.ts";
import type { RunFolder } from "./run_folder.ts";
import { stageClock } from "./progress/stage_clock.ts";
import { runStage, type Setting } from "./run_stage.ts";
import { summaryOf } from "./summary.ts";

/**
 * Runs a stage; its entry `summary`, if there is one, becomes `summary.json`. The record's fact `stageSeconds` says how
 * long each stage took, up to the end or the newest checkpoint.
 *
 * @param folder The run's folder, open.
 * @param stage The stage.
 * @param input The entries it needs.
 * @param setting What the run is made with.
 * @returns The entries it adds.
 * @throws What the stage throws, after it was written down.
 */
export async function runInFolder<In extends object, Out extends object>(
  folder: RunFolder,
  stage: Stage<In, Out>,
  input: In,
  setting: Omit<Setting, "store">,
): Promise<Out> {
  const { store } = folder;
  const { stageSeconds } = folder.record().facts;
  const { progress, seconds } = stageClock(setting.progress, stageSeconds);
  folder.followClock(seconds);
  try {
    waitsTaken(); // those of before
    const out = await runStage(stage, input, { ...setting, store, progress });
    const waits = waitsTaken();
    if (waits.length > 0) store.describe({ threadsWaited: waits });
    const summary = summaryOf(out);
    folder.end({ status: "finished", ...summary ? { summary } : {} });
    return out;
  } catch (error) {
    const isInterrupted = setting.signal.aborted;
    try {
      folder.end(
        isInterrupted ? { status: "interrupted" } : { status: "failed", error },
      );
    } catch (second) { // a full disk: the first error says more
      const reason = second instanceof Error ? second.message : String(second);
      setting.progress.warn(`Cannot write down how the run ended: ${reason}`);
    }
    throw error;
  }
}
