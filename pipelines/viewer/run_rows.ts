/**
 * What a list says of each run.
 * @module
 */
import type { RunStatus } from "../core/run/run_record.ts";
import { findRuns, type FoundRun } from "../core/runs/find_runs.ts";
import { folderBytes } from "../core/runs/folder_bytes.ts";
import { readRun, type StoredRun } from "../core/runs/read_run.ts";
import { type JoinedNumber, joinNumbers } from "./joined_numbers.ts";
import { bestOf } from "./best_of.ts";
import type { FindTask } from "./run_view.ts";
import { changedSettings, type Settings } from "./settings_of.ts";

/** One run of a list. */
export interface RunRow {
  /** The path of the folder below the folder of all runs. */
  readonly name: string;
  /** The path of the folder. */
  readonly folder: string;
  /** The task's name. */
  readonly task: string;
  /** The name of the data set; what was asked for before that is known. */
  readonly data: string;
  /** Settings that are not the task's defaults. */
  readonly settings: Settings;
  /** How the run stands. */
  readonly status: RunStatus;
  /** The number that sums up the run; undefined before it has any. */
  readonly best: JoinedNumber | undefined;
  /** When the run began, in milliseconds since 1970. */
  readonly began: number;
  /** When the run last gave a sign, in milliseconds since 1970. */
  readonly lastSign: number;
  /** Spent running. */
  readonly seconds: number;
  /** What the folder takes on the disk. */
  readonly bytes: number;
  /** The run itself. */
  readonly run: StoredRun;
}

/** Runs that were found, and folders that only look like runs. */
export interface FoundRows {
  /** The runs. */
  readonly rows: readonly RunRow[];
  /** Why each of the others cannot be read. */
  readonly faults: readonly string[];
}

/**
 * Reads the runs below a folder.
 *
 * @param place The folder of all runs.
 * @param find Finds out about a task.
 * @param number The name of the number that sums up a run; the most telling one unless given.
 * @returns A row for each run.
 */
export async function readRows(
  place: string,
  find: FindTask,
  number?: string,
): Promise<FoundRows> {
  const rows: RunRow[] = [];
  const faults: string[] = [];
  for (const found of findRuns(place)) {
    try {
      rows.push(await rowOf(found, find, { number, measure: folderBytes }));
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { rows, faults };
}

/** How a row is made. */
export interface RowOptions {
  /** The name of the number that sums up the run; the most telling one unless given. */
  readonly number: string | undefined;
  /** Measures what a folder takes on the disk. */
  readonly measure: (folder: string) => number;
}

/**
 * Reads one run of a list.
 *
 * @param found The run.
 * @param find Finds out about its task.
 * @param options How the row is made.
 * @returns The row.
 * @throws {Error} If the run cannot be read.
 */
export async function rowOf(
  { name, path }: FoundRun,
  find: FindTask,
  { number, measure }: RowOptions,
): Promise<RunRow> {
  const run = await readRun(path);
  const { record, dataset, lastSign } = run;
  const known = await find(record.task);
  const numbers = joinNumbers(run, known);
  const { data: asked, ...settings } = changedSettings(record, known.defaults);
  return {
    name,
    folder: path,
    task: record.task,
    data: dataset ?? String(record.config["data"] ?? asked ?? "none"),
    settings,
    status: record.status,
    best: bestOf(numbers, number),
    began: Date.parse(record.startedAt),
    lastSign,
    seconds: record.seconds,
    bytes: measure(path),
    run,
  };
}
