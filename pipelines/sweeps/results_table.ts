/**
 * The table of a sweep: a line for each setting, means over the seeds.
 * @module
 */
import { kebab } from "../core/task/flags.ts";
import type { MeanAndError } from "../statistics/mean_and_error.ts";
import { plusMinus } from "../words/plus_minus.ts";
import { countsOf } from "./case_state.ts";
import { logPath } from "./case_program.ts";
import { valueText } from "./sweep_plan.ts";
import {
  meanOf,
  type SettingResult,
  type SweepResults,
  valuesOf,
} from "./sweep_results.ts";
import { counted } from "../words/counted.ts";

/** A number to compare. */
export interface Compared {
  /** The name in the summary, such as `test/elbo`. */
  readonly name: string;
  /** The unit; empty for pure numbers. */
  readonly unit: string;
}

/** The most characters of a line. */
const WIDTH = 100;

/**
 * Lays out means with their standard errors over the seeds of each setting.
 *
 * @param results The results.
 * @param compared The numbers to show.
 * @returns A table, or several below one another where one would be too wide; then what did not finish, and why.
 */
export function resultsTable(
  results: SweepResults,
  compared: readonly Compared[],
): string {
  const { plan, settings, cases } = results;
  const names = plan.varied.filter((name) => name !== "seed");
  const heads: readonly Column[] = [
    ...names.map((name) => ({
      head: kebab(name),
      unit: "",
      cells: settings.map(({ settings }) => valueText(settings[name])),
    })),
    { head: "runs", unit: "", cells: settings.map(runsOf) },
  ];
  const columns = compared.map(({ name, unit }): Column => ({
    head: name,
    unit,
    cells: settings.map((setting) => {
      const value = meanOf(setting, name);
      return value === undefined ? "-" : meanText(value);
    }),
  }));
  const blocks = blocksOf(heads, columns).map(layOut);
  const seeds = plan.varied.includes("seed")
    ? ["", "Means ± standard errors over the seeds of a setting"]
    : [];
  const unfinished = cases.filter(({ status }) => status !== "finished");
  return [
    `${plan.task}, ${counted(cases.length, "case")}: ${countsOf(cases)}`,
    "",
    blocks.join("\n\n"),
    ...seeds,
    ...unfinished.length === 0 ? [] : [
      "",
      ...unfinished.map((one) => {
        const { error } = one.record ?? {};
        const log = `see ${logPath(results.folder, one.case)}`;
        const reason = one.status === "failed" ? `: ${error}; ${log}` : "";
        return `${one.case.name} is ${one.status}${reason}`;
      }),
    ],
  ].join("\n");
}

interface Column {
  readonly head: string;
  readonly unit: string;
  readonly cells: readonly string[];
}

/** Finished cases of all: `3`, or `2 of 3`. */
function runsOf({ cases }: SettingResult): string {
  const finished = cases.filter(({ summary }) => summary !== undefined).length;
  return finished === cases.length
    ? String(finished)
    : `${finished} of ${cases.length}`;
}

/** Two digits of the error; six of a mean whose error is not known. */
function meanText(value: MeanAndError): string {
  return value.standardError > 0
    ? plusMinus(value)
    : String(Number(value.mean.toPrecision(6)));
}

/** Splits columns into blocks that fit the width; each begins with the settings. */
function blocksOf(
  heads: readonly Column[],
  columns: readonly Column[],
): readonly (readonly Column[])[] {
  const blocks: Column[][] = [[]];
  const room = WIDTH - totalWidth(heads);
  for (const column of columns) {
    const last = blocks.at(-1)!; // never empty
    if (last.length > 0 && totalWidth([...last, column]) > room) {
      blocks.push([column]);
    } else last.push(column);
  }
  return blocks.map((block) => [...heads, ...block]);
}

function totalWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column) + 3, 0);
}

function widthOf({ head, unit, cells }: Column): number {
  return Math.max(...[head, unit, ...cells].map(({ length }) => length));
}

function layOut(columns: readonly Column[]): string {
  const rows = columns[0]!.cells.length; // `runs` is always there
  const line = (text: (column: Column) => string) =>
    columns.map((column) => text(column).padStart(widthOf(column))).join("   ")
      .trimEnd();
  const units = line(({ unit }) => unit);
  return [
    line(({ head }) => head),
    ...units.trim() === "" ? [] : [units],
    ...Array.from({ length: rows }, (_, i) => line(({ cells }) => cells[i]!)), // as many
  ].join("\n");
}

/** Whether any setting has the number. */
export function isThere(results: SweepResults, name: string): boolean {
  return results.settings.some((setting) => valuesOf(setting, name).length > 0);
}
