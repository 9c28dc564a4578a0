/**
 * The numbers a run ends with, in `summary.json`.
 * @module
 */
import fs from "node:fs";
import type { Json } from "../context.ts";
import { writeAtomically } from "./disk/atomic_file.ts";
import { parseJson } from "./parse_json.ts";
import { summarySchema } from "./schemas.ts";
import type { RunRecord } from "./run_record.ts";

/** Numbers by name, such as `test/elbo`; log quantities in nats per item. */
export type Summary = Readonly<Record<string, number>>;

/** What tells runs apart, before the numbers. */
const HEAD: readonly string[] = ["task", "dataset", "device", "seed"];

/** The flat content of `summary.json`: the same for the same run, without times. */
export type SummaryFile = Readonly<Record<string, string | number>>;

/**
 * Puts what tells runs apart before the numbers.
 *
 * @param record The run's record.
 * @param summary Its numbers.
 * @returns The content of `summary.json`.
 * @throws {RangeError} If a number is not finite.
 * @throws {TypeError} If a number is called `task`, `dataset`, `device` or `seed`.
 */
export function summaryFile(record: RunRecord, summary: Summary): SummaryFile {
  const { task, device, seed, facts } = record;
  expectNumbers(summary);
  return { task, dataset: datasetName(facts), device, seed, ...summary };
}

/**
 * Refuses numbers that a summary cannot hold.
 *
 * @param summary Numbers by name.
 * @throws {RangeError} If a number is not finite.
 * @throws {TypeError} If a number is called `task`, `dataset`, `device` or `seed`.
 */
export function expectNumbers(summary: Summary): void {
  for (const [name, value] of Object.entries(summary)) {
    if (HEAD.includes(name)) {
      throw new TypeError(`Expected a number not to be called "${name}"`);
    }
    if (Number.isFinite(value)) continue;
    throw new RangeError(`Expected a finite ${name} but found ${value}`);
  }
}

/**
 * Finds the run's numbers among entries.
 *
 * @param entries What a stage adds.
 * @returns The entry `summary`, where it holds numbers by name; without errors (`...StdErr`, `...Error`) that are NaN,
 * not known.
 */
export function summaryOf(entries: object): Summary | undefined {
  if (!("summary" in entries)) return undefined;
  const { summary } = entries;
  const isFlat = typeof summary === "object" && summary !== null &&
    Object.values(summary).every((value) => typeof value === "number");
  if (!isFlat) return undefined;
  const numbers = Object.entries(summary as Summary); // numbers by name, as just seen
  return Object.fromEntries(numbers.filter((one) => !isUnknownError(one)));
}

/** Standard errors of a single item are not known; 0 would say that the number is exact. */
function isUnknownError([name, value]: readonly [string, number]): boolean {
  return Number.isNaN(value) && /(StdErr|Error)$/.test(name);
}

/** Writes `summary.json`, whole or not at all. */
export function writeSummary(folder: string, summary: SummaryFile): void {
  const text = `${JSON.stringify(summary, null, 2)}\n`;
  writeAtomically(`${folder}/summary.json`, text);
}

/**
 * Reads `summary.json`.
 *
 * @param folder The run's folder.
 * @returns Its content.
 * @throws {SyntaxError} If its head is missing or anything else is no number, naming the file and the rule.
 */
export async function readSummary(folder: string): Promise<SummaryFile> {
  const path = `${folder}/summary.json`;
  return await parseJson(
    fs.readFileSync(path, "utf8"),
    path,
    summarySchema,
  );
}

/** Takes the numbers out of `summary.json`. */
export function numbersOf(summary: SummaryFile): Summary {
  const {
    task: _task,
    dataset: _dataset,
    device: _device,
    seed: _seed,
    ...rest
  } = summary;
  return rest as Summary; // the others are numbers by `summaryFile`
}

/** The name in the fact `dataset`; "none" for a run without data. */
function datasetName({ dataset }: RunRecord["facts"]): string {
  const name = typeof dataset === "object" && dataset !== null &&
      !Array.isArray(dataset)
    ? (dataset as { readonly [name: string]: Json })["name"] // `isArray` does not narrow readonly arrays
    : dataset;
  return typeof name === "string" ? name : "none";
}
