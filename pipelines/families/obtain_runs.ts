/**
 * The stage that finds a finished run of each family, and makes those that are missing.
 * @module
 */
import type { Json, RunContext } from "../core/context.ts";
import { readFile } from "../core/data/read_file.ts";
import { readIfThere } from "../core/run/disk/read_text.ts";
import { createRun, resumeRun } from "../core/run/run_folder.ts";
import { runInFolder } from "../core/run/run_in_folder.ts";
import { readRecord, type RunRecord } from "../core/run/run_record.ts";
import { expectSameRun } from "../core/run/same_run.ts";
import { numbersOf, readSummary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import { dataRequest } from "../core/task/common_flags.ts";
import { complete } from "../core/task/flags.ts";
import { parseIdx } from "../images/idx.ts";
import { leftSamplesPath } from "../images/left_samples.ts";
import { type FamiliesRequest, familiesRequest } from "./families_settings.ts";
import type { Family, FamilyRun, FoundSamples } from "./family.ts";

/** The most bytes that samples may have. */
const MOST_BYTES = 2 ** 28;

/**
 * Makes the stage for a list of families: a finished run is read, one that stopped goes on, one that is missing is made.
 *
 * @param families Whose runs are wanted.
 * @returns The stage.
 */
export function obtainRuns(
  families: readonly Family[],
): Stage<
  Partial<FamiliesRequest & { readonly data: string }>,
  { readonly familyRuns: readonly FamilyRun[] }
> {
  return stage("obtain", {
    needs: [],
    settings: { ...dataRequest, ...familiesRequest },
    adds: { familyRuns: "numbers and samples of a run of each family" },
  }, async (request, context) => {
    const familyRuns: FamilyRun[] = [];
    for (const family of families) {
      context.signal.throwIfAborted();
      familyRuns.push(await obtain(family, request, context));
    }
    return { familyRuns };
  });
}

async function obtain(
  family: Family,
  { place, size, familySeed: seed, data }: FamiliesRequest & {
    readonly data: string;
  },
  context: RunContext,
): Promise<FamilyRun> {
  const { task } = family;
  const { device, threads, progress, signal } = context;
  const own = size === "full" ? family.settings : smallOnes(family);
  const config = { data, ...complete(task.flags, own, size) };
  const start = { task: task.name, config, seed, device, threads };
  const folder = `${place}/${family.name}`;
  const before = readIfThere(`${folder}/run.json`) === undefined
    ? undefined
    : await readRecord(folder);
  if (before?.status === "finished") {
    expectSameRun(before, start);
    progress.note(`${family.title}: read from ${folder}`);
    return await readRun(family, folder, before);
  }
  progress.note(`${family.title}: made in ${folder}`);
  const host = { checkpointMinutes: 10, warn: progress.warn };
  const setting = { seed, device, threads, progress, signal };
  {
    using run = before
      ? await resumeRun(folder, start, host)
      : createRun(folder, { ...start, commandLine: [] }, host);
    await runInFolder(run, task.pipeline, config as never, setting); // by the task's flags
  }
  return await readRun(family, folder, await readRecord(folder));
}

/** The settings that do not decide how long a run takes: the others have a value for small runs. */
function smallOnes({ task, settings }: Family): Family["settings"] {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => task.flags[name]?.smoke === undefined),
  );
}

async function readRun(
  { title, name, bound }: Family,
  folder: string,
  { seconds, facts }: RunRecord,
): Promise<FamilyRun> {
  return {
    title,
    name,
    ...bound && { bound },
    summary: numbersOf(await readSummary(folder)),
    seconds,
    samples: await readSamples(folder, facts["samples"]),
  };
}

/**
 * Reads the samples that a run left.
 *
 * @param folder The run's folder.
 * @param told What the run's record says of them.
 * @throws {RangeError} If the run left none.
 */
export async function readSamples(
  folder: string,
  told: Json | undefined,
): Promise<FoundSamples> {
  const path = `${folder}/${leftSamplesPath}`;
  const bytes = await readFile(path, MOST_BYTES);
  if (bytes === undefined) {
    throw new RangeError(`Expected the run in ${folder} to leave samples`);
  }
  const { shape, values } = parseIdx(bytes, 3, path);
  const [count = 0] = shape;
  const { made, seconds, parameters } = (told ?? {}) as {
    readonly made?: string;
    readonly seconds?: number;
    readonly parameters?: number;
  }; // as `leaveSamples` describes them
  return {
    pixels: values,
    count,
    made: made ?? "samples",
    perSecond: seconds ? count / seconds : undefined,
    parameters,
  };
}
