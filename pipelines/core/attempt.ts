/**
 * How a stage inside a run fails: with its path, or, where nothing depends on it, with a warning.
 * @module
 */
import type { MetricRecord, RunContext } from "./context.ts";
import type { Stage } from "./stage.ts";
import { StageError } from "./stage_error.ts";

/**
 * Runs one stage of several.
 *
 * A stage that adds no entry, such as one that draws, cannot cost the run its numbers: where it fails without having
 * measured anything, the run warns, keeps the reason in its record under `leftOut`, and goes on.
 *
 * @param stage The stage.
 * @param input The entries it needs.
 * @param context The stage's own.
 * @param check Looks at what the stage adds; where it throws, the stage has failed.
 * @returns The entries it adds.
 * @throws {StageError} If another stage fails, naming the path to it.
 * @throws What the signal was aborted with, if it was.
 */
export async function attempt<In extends object, Out extends object>(
  stage: Stage<In, Out>,
  input: In,
  context: RunContext,
  check: (added: Out) => void = () => {},
): Promise<Out> {
  let measured = 0;
  const record = (record: MetricRecord) => {
    measured++;
    context.metrics.record(record);
  };
  const { path, signal, progress, stageCache } = context;
  progress.stage(path);
  try {
    const own = { ...context, metrics: { record } };
    const work = async (context: RunContext) => {
      const added = await stage.run(input, context);
      check(added);
      return added;
    };
    return stageCache !== undefined && stage.stages.length === 0
      ? await stageCache.run(stage, input, own, work)
      : await work(own);
  } catch (error) {
    if (error instanceof StageError || signal.aborted) throw error;
    const failure = new StageError(path, error);
    if (!addsNothing(stage) || measured > 0) throw failure;
    const { message } = failure;
    progress.warn(`${message}; the run goes on without it`);
    context.leaveOut(path.join(" > "), message);
    return {} as Out; // it adds nothing
  }
}

function addsNothing({ adds, stages }: Stage<never, object>): boolean {
  return stages.length === 0 && Object.keys(adds).length === 0;
}
