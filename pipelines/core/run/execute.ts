/**
 * Runs a stage from a script.
 * @module
 */
import process from "node:process";
import type { Json, Progress } from "../context.ts";
import { keyFrom } from "../random/key.ts";
import type { Stage } from "../stage.ts";
import { commonFlags } from "../task/common_flags.ts";
import { chooseDevice, type DeviceChoice } from "./choose_device.ts";
import { memoryRun } from "./memory_run.ts";
import { newFolder } from "./new_record.ts";
import { notebook } from "../notebook.ts";
import { notebookProgress } from "./progress/notebook_progress.ts";
import { quietProgress } from "./progress/quiet_progress.ts";
import { errorScreen } from "./progress/screen.ts";
import { leaveReportPage, type ReportPage } from "./report_page.ts";
import { createRun, resumeRun, type RunFolder } from "./run_folder.ts";
import { runInFolder } from "./run_in_folder.ts";
import { runStage, type Setting } from "./run_stage.ts";
import type { Store } from "./store.ts";
import { only, settle } from "../task/settings_table.ts";

/** How to run a stage. */
export interface ExecuteOptions {
  /** A whole number from 0 to 2^53 - 1, from which every random number derives. */
  readonly seed: number;
  /** `auto` unless given. */
  readonly device?: DeviceChoice;
  /** CPU threads of compiled functions: 2, or the machine's cores if fewer, unless given. */
  readonly threads?: number;
  /** A new folder for metrics, checkpoints and artifacts; the run stays in memory unless given. */
  readonly out?: string;
  /** The folder of a run to go on with. */
  readonly resume?: string;
  /** A store to use in place of a folder, such as `memoryRun()`. */
  readonly store?: Store;
  /** Unless given, only warnings, on the standard error stream; in a notebook, a line below the cell. */
  readonly progress?: Progress;
  /** Makes the page that a run in a folder leaves as `report.html`, such as `runReport` of `./viewer`; none unless given. */
  readonly report?: ReportPage;
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
 * @throws {RangeError} If a setting or an option breaks its rule, before any work; if a run to go on with had other
 * settings, or is finished.
 */
export async function execute<In extends object, Out extends object>(
  stage: Stage<In, Out>,
  input: In,
  options: ExecuteOptions,
): Promise<Out> {
  const settled = settle(stage.settings, input);
  keyFrom(options.seed); // refuses what is no seed
  const { threads, ...choice } = settle(
    only(commonFlags, "device", "threads"),
    {
      device: options.device ?? "auto",
      threads: options.threads ?? commonFlags.threads.fallback,
    },
  );
  const { device, facts } = await chooseDevice(choice.device);
  const setting = {
    seed: options.seed,
    device,
    threads,
    progress: options.progress ?? usualProgress(),
    signal: options.signal ?? new AbortController().signal,
  };
  if (options.out === undefined && options.resume === undefined) {
    const store = options.store ?? memoryRun();
    store.describe(facts);
    return await runStage(stage, settled, { ...setting, store });
  }
  using folder = await openFolder(stage.name, settled, setting, options);
  folder.store.describe(facts);
  try {
    return await runInFolder(folder, stage, settled, setting);
  } finally {
    const { warn } = setting.progress;
    await leaveReportPage(folder.path, options.report, warn);
  }
}

/** Below the cell in a notebook, where the standard error stream is not seen; else warnings only. */
function usualProgress(): Progress {
  const broadcast = notebook();
  return broadcast ? notebookProgress(broadcast) : quietProgress(errorScreen());
}

async function openFolder(
  task: string,
  input: object,
  setting: Omit<Setting, "store">,
  { out, resume }: ExecuteOptions,
): Promise<RunFolder> {
  const { seed, device, threads, progress } = setting;
  const settings = { task, config: plain(input), seed, device, threads };
  const host = { checkpointMinutes: 10, warn: progress.warn };
  if (resume !== undefined) return await resumeRun(resume, settings, host);
  const start = { ...settings, commandLine: process.argv.slice(2) };
  return createRun(out ?? newFolder(task), start, host);
}

/** The entries that JSON can hold; the others are described by stages. */
function plain(input: object): Readonly<Record<string, Json>> {
  const isPlain = (value: unknown): boolean =>
    value === null || ["string", "number", "boolean"].includes(typeof value) ||
    Array.isArray(value) && value.every(isPlain);
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => isPlain(value)),
  );
}
