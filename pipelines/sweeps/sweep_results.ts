/**
 * The numbers of a sweep: of each case, and over the seeds of each setting.
 * @module
 */
import type { Json } from "../core/context.ts";
import { numbersOf, readSummary, type Summary } from "../core/run/summary.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { type CaseState, statesOf } from "./case_state.ts";
import type { SweepPlan } from "./sweep_plan.ts";

/** A case with its numbers. */
export interface CaseResult extends CaseState {
  /** The numbers of its summary; undefined unless it is finished. */
  readonly summary: Summary | undefined;
}

/** All cases that differ in their seed alone. */
export interface SettingResult {
  /** The settings that vary, without the seed. */
  readonly settings: Readonly<Record<string, Json>>;
  /** The cases, in the order of their seeds. */
  readonly cases: readonly CaseResult[];
}

/** What a sweep has found so far. */
export interface SweepResults {
  /** The sweep's folder. */
  readonly folder: string;
  /** What it consists of. */
  readonly plan: SweepPlan;
  /** The cases in order. */
  readonly cases: readonly CaseResult[];
  /** The cases by their settings, in order. */
  readonly settings: readonly SettingResult[];
}

/**
 * Reads what a sweep has found so far.
 *
 * @param folder The sweep's folder.
 * @param plan What it consists of.
 * @returns Its cases with their numbers, and grouped by their settings.
 * @throws {SyntaxError} If a file of a run breaks its layout, naming it and the rule.
 */
export async function readResults(
  folder: string,
  plan: SweepPlan,
): Promise<SweepResults> {
  const states = await statesOf(folder, plan);
  const cases = await Promise.all(states.map(async (state) => {
    const isFinished = state.status === "finished";
    const file = isFinished
      ? await readSummary(`${folder}/${state.case.name}`)
      : undefined;
    return { ...state, summary: file && numbersOf(file) };
  }));
  const names = plan.varied.filter((name) => name !== "seed");
  const settingsOf = ({ case: { settings } }: CaseResult) =>
    names.map((name) => [name, settings[name]!] as const); // every case has them
  const groups = Map.groupBy(cases, (one) => JSON.stringify(settingsOf(one)));
  const settings = [...groups.values()].map((cases) => ({
    settings: Object.fromEntries(settingsOf(cases[0]!)), // groups are not empty
    cases,
  }));
  return { folder, plan, cases, settings };
}

/**
 * Takes one number out of all finished cases of a setting.
 *
 * @param setting The setting.
 * @param name The name of the number, such as `test/elbo`.
 * @returns The values, without those of cases that have none.
 */
export function valuesOf(
  { cases }: SettingResult,
  name: string,
): readonly number[] {
  return cases.flatMap(({ summary }) => summary?.[name] ?? []);
}

/**
 * Averages one number over the seeds of a setting.
 *
 * @param setting The setting.
 * @param name The name of the number.
 * @returns Mean and standard error; undefined where no case has the number.
 */
export function meanOf(
  setting: SettingResult,
  name: string,
): MeanAndError | undefined {
  const values = valuesOf(setting, name);
  return values.length === 0 ? undefined : meanAndError(values);
}

/**
 * Lists the numbers that any finished case has.
 *
 * @param results The results.
 * @returns Their names, in the order of the summaries.
 */
export function numbersIn({ cases }: SweepResults): readonly string[] {
  return [
    ...new Set(cases.flatMap(({ summary }) => Object.keys(summary ?? {}))),
  ];
}
