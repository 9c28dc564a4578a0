/**
 * What is known of a run from its folder, whether it goes on, has ended or was killed.
 * @module
 */
import fs from "node:fs";
import { parseJson } from "../run/parse_json.ts";
import type { RunRecord } from "../run/run_record.ts";
import { recordSchema, summarySchema } from "../run/schemas.ts";
import { numbersOf, type Summary } from "../run/summary.ts";
import { readTextInside } from "./read_inside.ts";

/** The most bytes that the record or the summary of a run may have. */
const MOST_BYTES = 2 ** 24;

/** A run as its folder tells it. */
export interface StoredRun {
  /** The folder. */
  readonly path: string;
  /** The content of `run.json`. */
  readonly record: RunRecord;
  /** The name of the data set; undefined before there is a summary. */
  readonly dataset: string | undefined;
  /** The numbers of `summary.json`; none before they are written. */
  readonly summary: Summary;
  /** When the record or the measurements last changed, in milliseconds since 1970. */
  readonly lastSign: number;
  /** What could not be read, and why. */
  readonly faults: readonly string[];
}

/**
 * Reads the record and the numbers of a run. Nothing is written, locked or followed to another place.
 *
 * @param path The run's folder.
 * @returns The run.
 * @throws {Error} If the folder holds no run.
 * @throws {SyntaxError} If the record breaks the layout, naming the file and the rule.
 */
export async function readRun(path: string): Promise<StoredRun> {
  const text = readTextInside(path, "run.json", MOST_BYTES);
  if (text === undefined) {
    throw new Error(
      `Expected ${path} to be the folder of a run but found no run.json`,
    );
  }
  const record = await parseJson(
    text,
    `${path}/run.json`,
    recordSchema,
  ) as RunRecord; // `z.json` gives mutable JSON
  const faults: string[] = [];
  const { dataset, summary } = await readNumbers(path, faults);
  return { path, record, dataset, summary, lastSign: lastSignOf(path), faults };
}

/**
 * Tells when a run last changed its record or its measurements.
 *
 * @param path The run's folder.
 * @returns Milliseconds since 1970.
 */
export function lastSignOf(path: string): number {
  const times = ["run.json", "metrics.jsonl"].map((name) =>
    fs.lstatSync(`${path}/${name}`, { throwIfNoEntry: false })?.mtimeMs ?? 0
  );
  return Math.max(...times);
}

/** A summary that cannot be read costs the run its numbers, not its place in a list. */
async function readNumbers(
  path: string,
  faults: string[],
): Promise<Pick<StoredRun, "dataset" | "summary">> {
  try {
    const text = readTextInside(path, "summary.json", MOST_BYTES);
    if (text === undefined) return { dataset: undefined, summary: {} };
    const file = await parseJson(text, `${path}/summary.json`, summarySchema);
    return { dataset: String(file["dataset"]), summary: numbersOf(file) };
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
    return { dataset: undefined, summary: {} };
  }
}
