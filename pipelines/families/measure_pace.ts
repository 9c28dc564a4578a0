/**
 * How long a task's training would take, measured by its first seconds.
 * @module
 */
import type { Moment, Progress } from "../core/context.ts";
import { memoryRun } from "../core/run/memory_run.ts";
import { runStage, type Setting } from "../core/run/run_stage.ts";
import type { Task } from "../core/task/task.ts";

interface Seen {
  readonly step: number;
  readonly time: number;
}

/**
 * Runs a task in memory until its training has gone on for some seconds.
 *
 * @param task Whose stage `train` is measured, from its first moment on: compilation is left out.
 * @param config Settings of the task, all of them.
 * @param setting What the run is made with.
 * @param seconds To look at; a shorter training is looked at to its end.
 * @returns Seconds that all weight updates of these settings would take.
 * @throws {RangeError} If the training reports fewer than two moments.
 */
export async function measurePace(
  { name, pipeline }: Pick<Task, "name" | "pipeline">,
  config: object,
  setting: Omit<Setting, "store">,
  seconds: number,
): Promise<number> {
  const enough = new AbortController();
  let isTraining = false;
  let first: Seen | undefined;
  let last: Seen & { readonly steps: number } | undefined;
  const progress: Progress = {
    note: () => {},
    warn: setting.progress.warn,
    stage: (path) => void (isTraining = path.includes("train")),
    update: ({ step, steps }: Moment) => {
      if (!isTraining) return;
      const time = performance.now() / 1000;
      first ??= { step, time };
      last = { step, steps, time };
      if (step > first.step && time - first.time >= seconds) enough.abort();
    },
  };
  const signal = AbortSignal.any([setting.signal, enough.signal]);
  try {
    const store = memoryRun();
    const own = { ...setting, store, progress, signal };
    await runStage(pipeline, config as never, own); // by the task's flags
  } catch (error) {
    setting.signal.throwIfAborted();
    if (!enough.signal.aborted) throw error;
  }
  if (first === undefined || last === undefined || last.step <= first.step) {
    throw new RangeError(
      `Expected the training of ${name} to report two moments at least`,
    );
  }
  return last.steps * (last.time - first.time) / (last.step - first.step);
}
