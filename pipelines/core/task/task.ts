/**
 * What a person runs: flags, a pipeline, one run.
 * @module
 */
import type { Json } from "../context.ts";
import type { Summary } from "../run/summary.ts";
import type { Stage } from "../stage.ts";
import { commonFlags, type Ignorable } from "./common_flags.ts";
import type { Field } from "./fields.ts";
import type { Flags } from "./flags.ts";
import type { Units } from "./result/units.ts";

/** What a task's pipeline must give. */
export interface Result {
  /** The numbers of `summary.json`. */
  readonly summary: Summary;
}

/**
 * A task as its file describes it.
 *
 * @typeParam C The settings that its pipeline starts from.
 */
export interface TaskSpec<C extends object> {
  /** As in `deno task NAME`. */
  readonly name: string;
  /** What it does and why, in a line or a few. */
  readonly about: string;
  /** A field for each setting but `data`, which every task has. */
  readonly flags: Flags<Omit<C, "data">>;
  /** What it runs: it starts from the settings. */
  readonly pipeline: Stage<C & { readonly data: string }, Result>;
  /** Commands worth pasting, for `--help`. */
  readonly examples?: readonly string[];
  /** The file of expected bands: `fixtures/expected/NAME.json` of the package unless given. */
  readonly expected?: string | URL;
  /** Names of the numbers to print at the end, in this order, `*` for any word: all unless given. */
  readonly highlights?: readonly string[];
  /** Units of its numbers by a word of their names, such as `{ loss: "nats per target token" }`. */
  readonly units?: Units;
  /** Common flags that its stages have no use for, and that are therefore not offered. */
  readonly ignores?: readonly Ignorable[];
}

/** A task whose settings are checked by its flags. */
export interface Task {
  /** As in `deno task NAME`. */
  readonly name: string;
  /** What it does and why. */
  readonly about: string;
  /** A field for each setting but `data`. */
  readonly flags: Readonly<Record<string, Field<Json>>>;
  /** What it runs. */
  readonly pipeline: Stage<never, Result>;
  /** Commands worth pasting. */
  readonly examples: readonly string[];
  /** The file of expected bands, which may be missing. */
  readonly expected: URL;
  /** The numbers to print at the end; all unless given. */
  readonly highlights?: readonly string[];
  /** Units of its numbers by a word of their names. */
  readonly units: Units;
  /** Common flags that its stages have no use for. */
  readonly ignores: readonly Ignorable[];
}

/**
 * Describes a task, so that it can be run by `main` and repeated by `rerun`.
 *
 * @typeParam C The settings that its pipeline starts from.
 * @param spec The task.
 * @returns The task.
 * @throws {TypeError} If a flag has the name of one that every task has.
 */
export function defineTask<C extends object>(spec: TaskSpec<C>): Task {
  const taken = Object.keys(spec.flags).find((name) => name in commonFlags);
  if (taken !== undefined) {
    throw new TypeError(`Expected "${taken}" to be left to the common flags`);
  }
  const { name, about, pipeline, examples, highlights, units } = spec;
  return {
    name,
    about,
    pipeline,
    flags: spec.flags as Task["flags"], // a field per setting, by `Flags<C>`
    examples: examples ?? [`deno task ${name} --smoke`],
    expected: new URL(
      spec.expected ?? `../../../fixtures/expected/${name}.json`,
      import.meta.url,
    ),
    units: units ?? {},
    ignores: spec.ignores ?? [],
    ...highlights ? { highlights } : {},
  };
}
