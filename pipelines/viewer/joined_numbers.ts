/**
 * The numbers of a run, each with its error, its unit and its band.
 * @module
 */
import type { Summary } from "../core/run/summary.ts";
import type { StoredRun } from "../core/runs/read_run.ts";
import {
  type Band,
  type BandsByRun,
  bandsFor,
} from "../core/task/expected_bands.ts";
import { unitBeside, type Units } from "../core/task/result/units.ts";
import { plusMinus } from "../words/plus_minus.ts";
import { number } from "./readable.ts";

/** The end of the name of a number's standard error. */
const ERROR = "StdErr";

/** What joins numbers with their units and bands. */
export interface NumberNotes {
  /** All bands of the task. */
  readonly bands: BandsByRun;
  /** Units of the task's own numbers. */
  readonly units?: Units | undefined;
}

/** One number of a run. */
export interface JoinedNumber {
  /** Such as `test/elbo`. */
  readonly name: string;
  /** The number. */
  readonly value: number;
  /** The standard error; undefined where it is not known. */
  readonly error: number | undefined;
  /** Such as `nats per image`; empty for pure numbers. */
  readonly unit: string;
  /** Where the number is expected to lie; undefined where no band is for this run. */
  readonly band: Band | undefined;
  /** Whether the number lies in its band, outside, or has a band for other settings only. */
  readonly verdict: "inside" | "outside" | "other settings" | "none";
}

/**
 * Joins numbers with their standard errors, units and bands.
 *
 * @param run The numbers by name, of which `test/elboStdErr` is the error of `test/elbo`, and the settings, which
 *   decide what bands are for the run.
 * @param notes What is known of the task's numbers.
 * @returns The numbers in their order, without the errors.
 */
export function joinNumbers(
  { summary, record, dataset }: Pick<
    StoredRun,
    "summary" | "record" | "dataset"
  >,
  { bands, units }: NumberNotes,
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
      const unit = unitBeside(name, (band ?? others[0])?.unit, units);
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
