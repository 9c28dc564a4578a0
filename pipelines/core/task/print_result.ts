/**
 * The end of a run on the terminal.
 * @module
 */
import { readFile } from "node:fs/promises";
import { isMissing } from "../missing.ts";
import { clock } from "../run/progress/moment_line.ts";
import { readRecord } from "../run/run_record.ts";
import { numbersOf, readSummary } from "../run/summary.ts";
import { outputScreen, print } from "../run/terminal.ts";
import { readBands } from "./expected_bands.ts";
import {
  chooseRows,
  type ResultRow,
  resultRows,
} from "./result/result_rows.ts";
import { resultTable } from "./result_table.ts";
import type { Task } from "./task.ts";
import { wrapParagraphs } from "./wrap.ts";

/**
 * Prints the numbers of a finished run beside their expected bands and its report, or only its summary in JSON.
 *
 * @param task The task.
 * @param folder The run's folder.
 * @param options Whether JSON was asked for.
 */
export async function printResult(
  task: Task,
  folder: string,
  { json }: { readonly json: boolean },
): Promise<void> {
  const summary = await readSummary(folder);
  if (json) return print(JSON.stringify(summary, null, 2));
  const record = await readRecord(folder);
  const bands = await readBands(task.expected);
  const settings = { ...record.config, ...summary, threads: record.threads };
  const { units } = task;
  const rows = resultRows(numbersOf(summary), { bands, settings, units });
  printNumbers(rows, task, folder);
  const report = await readReport(folder);
  if (report !== undefined) {
    print(`\n${wrapParagraphs(report.trimEnd(), outputScreen().width)}`);
  }
  const left = record.facts["leftOut"];
  for (const reason of Object.values(left ?? {})) {
    print(`\nLeft out: ${reason}`);
  }
  for (const name of Object.keys(record.facts["cached"] ?? {})) {
    print(`\nFrom the cache: ${name}; --no-cache runs it`);
  }
  const mebibytes = Math.round(record.peakMemoryBytes / 2 ** 20);
  print(`\nFiles in ${folder}`);
  print(
    `Took ${clock(record.seconds)}, at most ${mebibytes} MiB of memory`,
  );
}

/** Prints the numbers that the task says matter, and tells where the others are. */
function printNumbers(
  rows: readonly ResultRow[],
  { highlights }: Task,
  folder: string,
): void {
  const shown = chooseRows(rows, highlights);
  print(resultTable(shown, outputScreen()));
  const rest = rows.length - shown.length;
  if (rest > 0) print(`\n${rest} more numbers are in ${folder}/summary.json`);
}

/** What a stage has left in `report.txt`: the numbers in words. */
async function readReport(folder: string): Promise<string | undefined> {
  try {
    return await readFile(`${folder}/report.txt`, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
