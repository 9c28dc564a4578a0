/**
 * The stage that finds a finished run of each family, and makes those that are missing.
 * @module
 */
import type { Device } from "../../compile/types.ts";
import type { Json, RunContext } from "../core/context.ts";
import { readFile } from "../core/data/read_file.ts";
import { readIfThere } from "../core/run/disk/read_text.ts";
import {
  createRun,
  resumeRun,
  type RunFolder,
} from "../core/run/run_folder.ts";
import { runsFolder } from "../core/run/new_record.ts";
import { runInFolder } from "../core/run/run_in_folder.ts";
import { readRecord, type RunRecord } from "../core/run/run_record.ts";
import { expectSameRun, type Wanted } from "../core/run/same_run.ts";
import { numbersOf, readSummary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import { dataRequest } from "../core/task/common_flags.ts";
import { complete } from "../core/task/flags.ts";
import { whereGranted } from "../core/task/where_granted.ts";
import { parseIdx } from "../images/idx.ts";
import { leftSamplesPath } from "../images/left_samples.ts";
import { type FamiliesRequest, familiesRequest } from "./families_settings.ts";
import type { Family, FamilyRun, FoundSamples } from "./family.ts";
import { measurePace } from "./measure_pace.ts";
import {
  parseLengths,
  scaledLength,
  trainingSeconds,
} from "./training_length.ts";

/** How long a training is looked at to tell how fast it is. */
const PROBE_SECONDS = 20;

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
    const given = parseLengths(
      request.lengths,
      families.map(({ name }) => name),
    );
    const familyRuns: FamilyRun[] = [];
    const settled: string[] = [];
    for (const family of families) {
      context.signal.throwIfAborted();
      const { name } = family;
      const asked = await askedRun(family, request, given.get(name), context);
      settled.push(`${name}=${asked.config[family.length.name]}`);
      familyRuns.push(await obtain(family, asked, context));
    }
    context.describe({ settled: { lengths: settled } });
    return { familyRuns };
  });
}

/** A run that is wanted. */
interface AskedRun extends Wanted {
  readonly folder: string;
  /** The record of a run that is there. */
  readonly before: RunRecord | undefined;
  readonly config: Readonly<Record<string, Json>>;
  readonly seed: number;
  readonly device: Device;
  readonly threads: number;
}

/** In the folder of all runs, which may be written. */
function usualPlace(size: FamiliesRequest["size"]): string {
  return `${runsFolder()}/${size === "full" ? "families" : "families-smoke"}`;
}

/** Decides how long a family trains: as given, as the run that is there, as its own settings say, or by measuring. */
async function askedRun(
  family: Family,
  { place, size, familySeed: seed, data, minutes }: FamiliesRequest & {
    readonly data: string;
  },
  given: number | undefined,
  context: RunContext,
): Promise<AskedRun> {
  const { task, name, title, length } = family;
  const { device, threads, progress } = context;
  const folder = `${place || usualPlace(size)}/${name}-${seed}`;
  const before = readIfThere(`${folder}/run.json`) === undefined
    ? undefined
    : await readRecord(folder);
  const own = size === "full" ? family.settings : smallOnes(family);
  const config: Record<string, Json> = {
    data,
    ...complete(task.flags, own, size),
  };
  const asked = { folder, before, config, task: task.name, seed };
  const value = given ?? before?.config[length.name];
  if (value !== undefined) config[length.name] = value;
  else if (minutes > 0) {
    progress.note(`${title}: measuring how fast it trains`);
    const setting = { ...context, seed };
    const seconds = await measurePace(task, config, setting, PROBE_SECONDS);
    const usual = Number(config[length.name]);
    const wanted = 60 * minutes;
    config[length.name] = scaledLength(length, usual, seconds, wanted);
  }
  return { ...asked, device, threads };
}

async function obtain(
  family: Family,
  { folder, before, ...start }: AskedRun,
  { progress, signal, checkpoints, dataLimit }: RunContext,
): Promise<FamilyRun> {
  const { task, title } = family;
  const { seed, device, threads, config } = start;
  if (before?.status === "finished") {
    expectSameRun(before, start);
    progress.note(`${title}: read from ${folder}`);
    return await readRun(family, folder, before);
  }
  progress.note(`${title}: made in ${folder}`);
  const host = {
    checkpointMinutes: checkpoints.everyMinutes,
    warn: progress.warn,
  };
  const setting = { seed, device, threads, progress, signal, dataLimit };
  {
    using run = await whereGranted<RunFolder>(
      folder,
      undefined,
      () =>
        before
          ? resumeRun(folder, start, host)
          : createRun(folder, { ...start, commandLine: [] }, host),
    );
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
    trainingSeconds: trainingSeconds(facts["stageSeconds"]),
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
