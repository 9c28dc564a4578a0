/**
 * One run of a task, from its folder to its result.
 * @module
 */
import process from "node:process";
import { chooseDevice, type ChosenDevice } from "../run/choose_device.ts";
import { plainProgress } from "../run/progress/plain_progress.ts";
import { quietProgress } from "../run/progress/quiet_progress.ts";
import { errorScreen, type ShownProgress } from "../run/progress/screen.ts";
import { terminalProgress } from "../run/progress/terminal_progress.ts";
import { leaveReportPage, type ReportPage } from "../run/report_page.ts";
import type { RunFolder } from "../run/run_folder.ts";
import { runInFolder } from "../run/run_in_folder.ts";
import { printAside } from "../run/terminal.ts";
import { listenForInterruption } from "./interruption.ts";
import { openStageCache } from "../cache/open_cache.ts";
import { hasCached } from "./common_flags.ts";
import type { Settings } from "./settings.ts";
import type { Task } from "./task.ts";
import { commandFor } from "./where_granted.ts";

/** What a run of a task needs. */
export interface Performance {
  /** The task. */
  readonly task: Task;
  /** The settings. */
  readonly settings: Settings;
  /** What the person at the terminal sees. */
  readonly progress: ShownProgress;
  /** The most bytes of a data file given by path, without gzip; 2^30 unless given. */
  readonly dataLimit?: number;
  /** Minutes until the run is stopped; 0 for no limit. */
  readonly minutes: number;
  /** Whether trainings of earlier runs may be taken, and this one's kept. */
  readonly cache: "used" | "unused";
  /** Makes the page that the run leaves; none unless given. */
  readonly report?: ReportPage | undefined;
  /** Opens the run's folder, once the device is known. */
  readonly open: (chosen: ChosenDevice) => RunFolder | Promise<RunFolder>;
}

/** How a run of a task ended. */
export type Performed =
  | { readonly status: "finished"; readonly folder: string }
  | { readonly status: "stopped"; readonly exitCode: number };

/**
 * Runs a task in a folder, and tells of failures and Ctrl-C on the standard error stream.
 *
 * @param performance What the run needs.
 * @returns How it ended.
 * @throws {Error} If the run cannot begin.
 */
export async function perform(
  { task, settings, progress, minutes, cache, report, open, ...limits }:
    Performance,
): Promise<Performed> {
  using interruption = listenForInterruption(
    (reason) =>
      progress.note(
        `${reason}: stopping at the next batch; Ctrl-C ends at once`,
      ),
    minutes,
  );
  const { signal } = interruption;
  const chosen = await chooseDevice(settings.device);
  const { device, facts } = chosen;
  using folder = await open(chosen);
  folder.store.describe(facts);
  const { config, seed, threads } = settings;
  const computing = task.ignores.includes("device")
    ? ""
    : ` on ${device}, ${threads === 1 ? "1 thread" : `${threads} threads`},`;
  progress.note(`${task.name}${computing} in ${folder.path}`);
  const stageCache = cache === "used" && hasCached(task.pipeline)
    ? openStageCache(facts, progress.warn)
    : undefined;
  const setting = {
    ...{ seed, device, threads, progress, signal, ...limits },
    ...stageCache ? { stageCache } : {},
  };
  try {
    await runInFolder(folder, task.pipeline, config as never, setting); // checked by the task's flags
    await leaveReportPage(folder.path, report, progress.warn);
    return { status: "finished", folder: folder.path };
  } catch (error) {
    progress[Symbol.dispose]();
    const isAborted = signal.aborted;
    const told = isAborted ? signal.reason : error;
    printAside(told instanceof Error ? told.message : String(told));
    const isKept = !folder.discard();
    printAside(adviceFor(task, folder, isKept));
    if (isKept) await leaveReportPage(folder.path, report, printAside);
    const exitCode = isAborted ? interruption.exitCode() : 1;
    return { status: "stopped", exitCode };
  } finally {
    progress[Symbol.dispose]();
  }
}

/** What can be done with a run that stopped; one that has nothing worth keeping leaves no folder. */
function adviceFor(
  { name }: Task,
  folder: RunFolder,
  isKept: boolean,
): string {
  const { path } = folder;
  if (!isKept) {
    return "Nothing was trained or measured yet, and nothing is kept";
  }
  if (folder.hasCheckpoint()) {
    const command = commandFor(path, [name, "--resume", path]);
    return `To go on from the newest checkpoint: ${command}`;
  }
  return `There is no checkpoint to go on from; what was measured is in ${path}`;
}

/**
 * Chooses how progress is shown on the standard error stream.
 *
 * @param loudness Whether only warnings are wanted.
 * @returns One line on a terminal; a line now and then elsewhere.
 */
export function chooseProgress(loudness: "quiet" | "normal"): ShownProgress {
  const screen = errorScreen();
  if (loudness === "quiet") return quietProgress(screen);
  return process.stderr.isTTY
    ? terminalProgress(screen)
    : plainProgress(screen);
}
