/**
 * What a sweep consists of: a task, and the settings of each case.
 * @module
 */
import type { Json } from "../core/context.ts";
import type { Field } from "../core/task/fields.ts";
import { kebab } from "../core/task/flags.ts";
import { UsageError } from "../core/task/usage_error.ts";
import { MOST_CASES } from "./alternatives.ts";

/** One run of a sweep. */
export interface SweepCase {
  /** The name of its folder, such as `latent=2_seed=0`. */
  readonly name: string;
  /** The settings that were given, by name. */
  readonly settings: Readonly<Record<string, Json>>;
}

/** The content of `sweep.json`, version 1. */
export interface SweepPlan {
  /** Version of this layout. */
  readonly schemaVersion: 1;
  /** The task's name. */
  readonly task: string;
  /** CPU threads of each case. */
  readonly threads: number;
  /** Settings of which there are alternatives, in order; the seed is the last. */
  readonly varied: readonly string[];
  /** The cases in order. */
  readonly cases: readonly SweepCase[];
}

/** Fields by the name of their setting. */
export type CaseFields = Readonly<Record<string, Field<Json>>>;

/** Alternatives by the name of their setting. */
export type Alternatives = Readonly<Record<string, readonly Json[]>>;

/** Longer names are hard to read, and some file systems refuse them. */
const LONGEST_NAME = 120;

/**
 * Combines all alternatives with one another.
 *
 * @param alternatives The values of each setting that was given, in the order of names; the last runs fastest.
 * @returns The settings of which there is more than one value, and the cases.
 * @throws {UsageError} If there are more than 1,000 cases.
 */
export function combine(
  alternatives: Alternatives,
): Pick<SweepPlan, "varied" | "cases"> {
  const entries = Object.entries(alternatives);
  const count = entries.reduce((n, [, values]) => n * values.length, 1);
  if (count > MOST_CASES) {
    throw new UsageError(
      `Expected at most ${MOST_CASES} cases but found ${count}`,
    );
  }
  const all = entries.reduce<readonly SweepCase["settings"][]>(
    (cases, [name, values]) =>
      cases.flatMap((settings) =>
        values.map((value) => ({ ...settings, [name]: value }))
      ),
    [{}],
  );
  const varied = entries.filter(([, values]) => values.length > 1)
    .map(([name]) => name);
  const names = namesOf(all, varied);
  const cases = all.map((settings, i) => ({ name: names[i]!, settings })); // a name for each
  return { varied, cases };
}

/** Names that tell the cases apart; numbers where the values do not. */
function namesOf(
  cases: readonly SweepCase["settings"][],
  varied: readonly string[],
): readonly string[] {
  const names = cases.map((settings) =>
    varied.map((name) => `${kebab(name)}=${fileName(settings[name]!)}`).join(
      "_",
    )
  );
  const isClear =
    names.every((name) => name.length > 0 && name.length <= LONGEST_NAME) &&
    new Set(names.map((name) => name.toLowerCase())).size === names.length;
  return isClear ? names : names.map((_, i) => `case=${i}`);
}

/** A value as a part of a file name: no comma, no slash, no blank. */
function fileName(value: Json): string {
  return String(value).replaceAll(/[^\w.+-]+/g, "-");
}

/**
 * Writes a case as flags of its task.
 *
 * @param fields The fields of its settings.
 * @param settings The settings.
 * @returns Such as `--latent=2`, `--hidden=500,200` and `--no-shuffle`.
 */
export function flagsOf(
  fields: CaseFields,
  settings: SweepCase["settings"],
): readonly string[] {
  return Object.entries(settings).map(([name, value]) => {
    if (fields[name]?.form !== "") return `--${kebab(name)}=${value}`;
    return value === true ? `--${kebab(name)}` : `--no-${kebab(name)}`;
  });
}

/** A value as a person reads it. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return "";
  return Array.isArray(value) && value.length === 0 ? "none" : String(value);
}
