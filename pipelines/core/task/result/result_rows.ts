/**
 * The numbers of a run, each with its error, its unit and its band.
 * @module
 */
import type { Summary } from "../../run/summary.ts";
import {
  type Band,
  type Bands,
  type BandsByRun,
  bandsFor,
} from "../expected_bands.ts";
import type { Json } from "../../context.ts";
import { PURE, unitBeside, type Units } from "./units.ts";

/** How a number stands to what was expected. */
export type Verdict =
  | "inside"
  | "outside"
  | "no band for these settings"
  | "no band";

/** One number of a run, with all that is known of it. */
export interface ResultRow {
  /** Name of the number, such as `test/elbo`. */
  readonly name: string;
  /** The first word of a name of several, such as `test`; empty for a single word. */
  readonly group: string;
  /** The number. */
  readonly value: number;
  /** Standard error, where it is known. */
  readonly error: number | undefined;
  /** Such as `nats per image`. */
  readonly unit: string;
  /** Where it was expected, for runs with these settings. */
  readonly band: Band | undefined;
  /** Whether it lies there. */
  readonly verdict: Verdict;
}

/** What is known of a task's numbers. */
export interface KnownNumbers {
  /** All bands of the task. */
  readonly bands: BandsByRun;
  /** Settings and facts of the run, by name. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Units by words of the task's own. */
  readonly units?: Units;
}

/**
 * Joins the numbers of a run with their errors, units and bands.
 *
 * @param summary The numbers by name; `...StdErr` is the error of the number before it in name.
 * @param known What is known of the task's numbers.
 * @returns A row for each number that is no error of another, those of a group together.
 */
export function resultRows(
  summary: Summary,
  { bands, settings, units = {} }: KnownNumbers,
): readonly ResultRow[] {
  const here = bandsFor(bands, settings);
  const rows = Object.entries(summary)
    .filter(([name]) => !isErrorOf(name, summary))
    .map(([name, value]): ResultRow => ({
      name,
      group: name.includes("/") ? name.split("/")[0]! : "", // it has a first word
      value,
      error: summary[`${name}StdErr`],
      unit: unitFrom(bands[name], name, units),
      band: here[name],
      verdict: verdictOf(value, here[name], bands[name]),
    }));
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.flatMap((one) => rows.filter(({ group }) => group === one));
}

function isErrorOf(name: string, summary: Summary): boolean {
  return name.endsWith("StdErr") && name.slice(0, -"StdErr".length) in summary;
}

function unitFrom(
  bands: readonly Band[] | undefined,
  name: string,
  units: Units,
): string {
  return unitBeside(name, bands?.[0]?.unit, units) || PURE;
}

function verdictOf(
  value: number,
  band: Bands[string] | undefined,
  all: readonly Band[] | undefined,
): Verdict {
  if (band === undefined) {
    return all === undefined ? "no band" : "no band for these settings";
  }
  return band.low <= value && value <= band.high ? "inside" : "outside";
}

/**
 * Takes the numbers that matter.
 *
 * @param rows All numbers.
 * @param highlights Their names in order, `*` for any word: all unless given.
 * @returns Those numbers; all where none has such a name, as with other settings.
 */
export function chooseRows(
  rows: readonly ResultRow[],
  highlights: readonly string[] = [],
): readonly ResultRow[] {
  const chosen = highlights.flatMap((pattern) => {
    const words = pattern.split("/");
    return rows.filter(({ name }) => {
      const own = name.split("/");
      return own.length === words.length &&
        words.every((word, i) => word === "*" || word === own[i]);
    });
  });
  return chosen.length > 0 ? chosen : rows;
}

/**
 * Writes a number and its error with as many digits as the error has meaning.
 *
 * @param value The number.
 * @param error Its standard error; six digits of the number where it is not known.
 * @returns Both as texts.
 */
export function digitsOf(
  value: number,
  error: number | undefined,
): { readonly value: string; readonly error: string | undefined } {
  const decimals = error !== undefined && error > 0
    ? Math.max(0, 1 - Math.floor(Math.log10(error)))
    : Infinity;
  if (error !== undefined && decimals <= 6) {
    return { value: value.toFixed(decimals), error: error.toFixed(decimals) };
  }
  return {
    value: readable(value),
    error: error === undefined ? undefined : readable(error, 2),
  };
}

/** A number in six digits, or as many as said; `summary.json` holds them all. */
export function readable(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)));
}
