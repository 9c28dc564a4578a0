/**
 * Everything that a page shows of a run.
 * @module
 */
import type { Json } from "../core/context.ts";
import { readTextInside } from "../core/runs/read_inside.ts";
import { figureFiles, type StoredFigure } from "../core/runs/figure_files.ts";
import { readRun, type StoredRun } from "../core/runs/read_run.ts";
import { scanMetrics } from "../core/runs/scan_metrics.ts";
import { type Curve, CurveCollector } from "./curves.ts";
import {
  type JoinedNumber,
  joinNumbers,
  type NumberNotes,
} from "./joined_numbers.ts";
import type { Settings } from "./settings_of.ts";

/** What is known of a task beside its runs. */
export interface KnownTask extends NumberNotes {
  /** The defaults of its settings; undefined where they are not known. */
  readonly defaults: Settings | undefined;
}

/** Finds out about a task by its name; never throws. */
export type FindTask = (name: string) => Promise<KnownTask>;

/** A run with everything that is drawn from it. */
export interface RunView extends StoredRun {
  /** The last part of the folder's path. */
  readonly name: string;
  /** The numbers, each with its error, unit and band. */
  readonly numbers: readonly JoinedNumber[];
  /** The measurements over training. */
  readonly curves: readonly Curve[];
  /** The figures. */
  readonly figures: readonly StoredFigure[];
  /** The numbers in words; empty where the run left none. */
  readonly words: string;
  /** The defaults of the task's settings; undefined where they are not known. */
  readonly defaults: Settings | undefined;
  /** What a reader should not miss, without faults of the folder. */
  readonly warnings: readonly string[];
}

/** The most bytes of `report.txt` that are shown. */
const MOST_WORDS = 2 ** 16;

/**
 * Reads everything that a page shows of a run.
 *
 * @param path The run's folder.
 * @param find Finds out about its task.
 * @returns The run.
 * @throws {Error} If the folder holds no run.
 */
export async function viewRun(
  path: string,
  find: FindTask,
): Promise<RunView> {
  const run = await readRun(path); // first: it may be no run
  const collector = new CurveCollector();
  const { unreadable } = await scanMetrics(
    path,
    (record) => collector.add(record),
  );
  return await viewOf(run, find, collector, unreadable);
}

/**
 * Makes the view of a run whose measurements were read.
 *
 * @param run The run.
 * @param find Finds out about its task.
 * @param collector The measurements.
 * @param unreadable Lines of `metrics.jsonl` that are no records.
 * @returns The run.
 */
export async function viewOf(
  run: StoredRun,
  find: FindTask,
  collector: CurveCollector,
  unreadable: number,
): Promise<RunView> {
  const { path, record } = run;
  const known = await find(record.task);
  const faults = [...run.faults];
  if (unreadable > 0) {
    faults.push(`${unreadable} lines of metrics.jsonl cannot be read`);
  }
  if (collector.leftOut > 0) {
    faults.push(
      `${collector.leftOut} measurements are not drawn: too many names`,
    );
  }
  const numbers = joinNumbers(run, known);
  return {
    ...run,
    faults,
    name: path.replace(/[/\\]+$/, "").split(/[/\\]/).at(-1) ?? path,
    numbers,
    curves: collector.curves(),
    figures: figureFiles(path),
    words: readWords(path),
    defaults: known.defaults,
    warnings: warningsOf(run, numbers),
  };
}

function warningsOf(
  { record }: StoredRun,
  numbers: readonly JoinedNumber[],
): readonly string[] {
  const { status, error, facts, git } = record;
  const outside = numbers.filter(({ verdict }) => verdict === "outside");
  const dataset = facts["dataset"] as
    | Readonly<Record<string, Json>>
    | undefined; // or any other JSON
  return [
    ...status === "failed" ? [`Failed: ${error ?? "no reason is known"}`] : [],
    ...status === "interrupted"
      ? ["Interrupted: these are the numbers so far"]
      : [],
    ...dataset?.["builtIn"] === true
      ? [
        `On built-in data (${
          dataset["name"]
        }), not on the data set that the task is named after`,
      ]
      : [],
    ...Object.values(facts["leftOut"] ?? {}).map((reason) =>
      `Left out: ${reason}`
    ),
    ...outside.length > 0
      ? [
        `Outside the expected band: ${
          outside.map(({ name }) => name).join(", ")
        }`,
      ]
      : [],
    ...git?.dirty
      ? ["Made from changed sources: the commit alone does not repeat it"]
      : [],
  ];
}

function readWords(path: string): string {
  try {
    return readTextInside(path, "report.txt", MOST_WORDS)?.trimEnd() ?? "";
  } catch {
    return ""; // too long, or a link
  }
}
