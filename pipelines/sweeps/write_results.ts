/**
 * Leaves what a sweep has found in its folder.
 * @module
 */
import { artifactFiles } from "../core/run/artifact_files.ts";
import { holdPlace } from "../core/run/disk/place.ts";
import { writeAtomically } from "../core/run/disk/atomic_file.ts";
import { readBands } from "../core/task/expected_bands.ts";
import { unitBeside } from "../core/task/result/units.ts";
import type { Task } from "../core/task/task.ts";
import { comparisonFigure } from "./comparison_figure.ts";
import { resultsCsv } from "./results_csv.ts";
import { type Compared, isThere, resultsTable } from "./results_table.ts";
import { numbersIn, type SweepResults } from "./sweep_results.ts";
import type { SweepTools } from "./sweep_tools.ts";

/** Numbers to compare where no number of the task has a band. */
const FIRST = 4;

/** How to leave results. */
export interface ResultOptions {
  /** The task. */
  readonly task: Task;
  /** Names of the numbers to compare; none for those with a band. */
  readonly compare: readonly string[];
  /** Makes `report.html`. */
  readonly report: SweepTools["report"];
  /** Is told of what could not be made, which costs nothing else. */
  readonly warn: (text: string) => void;
}

/**
 * Writes `results.csv`, `results.txt`, `figures/comparison.*` and, where there is one, `report.html`.
 *
 * @param results The results.
 * @param options How to leave them.
 * @returns The table, as in `results.txt`.
 */
export async function writeResults(
  results: SweepResults,
  { task, compare, report, warn }: ResultOptions,
): Promise<string> {
  const { folder, cases } = results;
  const compared = await comparedOf(results, task, compare, warn);
  const table = resultsTable(results, compared);
  writeAtomically(`${folder}/results.csv`, resultsCsv(results));
  writeAtomically(`${folder}/results.txt`, `${table}\n`);
  if (cases.every(({ summary }) => summary === undefined)) return table;
  await orWarn(warn, "the figure", async () => {
    const figure = await comparisonFigure(results, compared);
    await artifactFiles(holdPlace(folder)).figure(figure);
  });
  if (report === undefined) return table;
  await orWarn(warn, "the report", async () => {
    writeAtomically(`${folder}/report.html`, await report(results));
  });
  return table;
}

/** Numbers that were asked for, else those with a band, else the first. */
async function comparedOf(
  results: SweepResults,
  task: Task,
  compare: readonly string[],
  warn: (text: string) => void,
): Promise<readonly Compared[]> {
  const bands = await readBands(task.expected);
  const banded = Object.keys(bands).filter((name) => isThere(results, name));
  const all = numbersIn(results);
  const names = compare.length > 0
    ? compare
    : banded.length > 0
    ? banded
    : all.slice(0, FIRST);
  return names.flatMap((name) => {
    if (all.includes(name)) {
      const unit = unitBeside(name, bands[name]?.[0]?.unit, task.units);
      return [{ name, unit }];
    }
    if (all.length > 0) {
      warn(
        `Expected a number of the runs but found "${name}": they have ${
          all.join(", ")
        }`,
      );
    }
    return [];
  });
}

async function orWarn(
  warn: (text: string) => void,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`Left out ${what}: ${reason}`);
  }
}
