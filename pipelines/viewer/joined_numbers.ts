/**
 * The numbers of a run, each with its error, its unit and its band.
 * @module
 */
import type { Summary } from "../core/run/summary.ts";
import {
  type Band,
  type BandsByRun,
  bandsFor,
} from "../core/task/expected_bands.ts";
import type { RunRecord } from "../core/run/run_record.ts";
import { plusMinus } from "../words/plus_minus.ts";
import { number } from "./readable.ts";

/** The end of the name of a number's standard error. */
const ERROR = "StdErr";

/** One number of a run. */
export interface JoinedNumber {
  /** Such as `test/elbo`. */
  readonly name: string;
  /** The number. */
  readonly value: number;
  /** The standard error; undefined where it is not known. */
  readonly error: number | undefined;
  /** Such as `nats per image`; empty where nothing says it. */
  readonly unit: string;
  /** Where the number is expected to lie; undefined where no band is for this run. */
  readonly band: Band | undefined;
  /** Whether the number lies in its band, outside, or has a band for other settings only. */
  readonly verdict: "inside" | "outside" | "other settings" | "none";
}

/**
 * Joins numbers with their standard errors and bands.
 *
 * @param summary The numbers by name; the error of `test/elbo` is `test/elboStdErr`.
 * @param record The record of the run, whose settings decide which bands are for it.
 * @param bands All bands of the task.
 * @param dataset The name of the data set.
 * @returns The numbers in their order, without the errors.
 */
export function joinNumbers(
  summary: Summary,
  record: RunRecord,
  bands: BandsByRun,
  dataset: string | undefined,
): readonly JoinedNumber[] {
  const { config, device, seed, threads } = record;
  const known = { ...config, ...summary, device, seed, threads };
  const fitting = bandsFor(bands, {
    ...known,
    ...dataset === undefined ? {} : { dataset },
  });
  return Object.entries(summary).filter(([name]) => !isError(name, summary))
    .map(([name, value]) => {
      const band = own(fitting, name);
      const others = own(bands, name) ?? [];
      const verdict = band
        ? value >= band.low && value <= band.high ? "inside" : "outside"
        : others.length > 0
        ? "other settings"
        : "none";
      const unit = (band ?? others[0])?.unit ?? "";
      const error = own(summary, `${name}${ERROR}`);
      return { name, value, error, unit, band, verdict };
    });
}

/**
 * Writes a number with its error and its unit.
 *
 * @param joined The number.
 * @returns Such as `-135.66 ± 0.52 nats per image`.
 */
export function numberText({ value, error, unit }: JoinedNumber): string {
  return `${valueText(value, error)} ${unit}`.trim();
}

/**
 * Writes a number with its error.
 *
 * @param value The number.
 * @param error Its standard error, where known.
 * @returns Such as `-135.66 ± 0.52`.
 */
export function valueText(value: number, error: number | undefined): string {
  if (error === undefined || !(error > 0)) return number(value);
  return plusMinus({ mean: value, standardError: error });
}

/**
 * Writes where a number is expected to lie, and whether it does.
 *
 * @param joined The number.
 * @returns Such as `in band -136.4 to -134.0`; empty where no band is known.
 */
export function verdictText({ band, verdict }: JoinedNumber): string {
  if (verdict === "none") return "";
  if (band === undefined) return "no band for these settings";
  const range = `${number(band.low)} to ${number(band.high)}`;
  return verdict === "inside" ? `in band ${range}` : `OUTSIDE band ${range}`;
}

function isError(name: string, summary: Summary): boolean {
  return name.endsWith(ERROR) &&
    own(summary, name.slice(0, -ERROR.length)) !== undefined;
}

/** A name such as `constructor` finds nothing that was not measured. */
function own<T>(
  values: Readonly<Record<string, T>>,
  name: string,
): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
