/**
 * The one abstraction of the package: a named step from `In` to `Out`.
 * @module
 */
import type { RunContext } from "./context.ts";

/**
 * A named step that reads the entries `In` of a run and adds the entries `Out`.
 *
 * @typeParam In The entries the stage reads.
 * @typeParam Out The entries the stage adds.
 */
export interface Stage<in In extends object, out Out extends object> {
  /** Appears in plans, progress lines and errors, and names the stage's random key. */
  readonly name: string;
  /** The names of the entries it reads. */
  readonly needs: readonly string[];
  /** What it adds: a line for each entry, with shape and unit. */
  readonly adds: Readonly<Record<string, string>>;
  /** The stages it is made of; none where it is not a pipeline. */
  readonly stages: readonly Stage<never, object>[];
  /** Computes the entries to add. */
  readonly run: (input: In, context: RunContext) => Out | Promise<Out>;
}

/** The entries that a stage reads. */
export type InputOf<S> = S extends Stage<infer In, object> ? In : never;

/**
 * What a stage tells of itself without running.
 *
 * @typeParam In The entries the stage reads.
 * @typeParam Out The entries the stage adds.
 */
export interface Entries<In extends object, Out extends object> {
  /** Every entry that `run` reads, by name; others are not handed to it. */
  readonly needs: readonly (keyof In & string)[];
  /** A line for each entry it adds, with shape and unit. */
  readonly adds: { readonly [Name in keyof Out & string]: string };
}

/**
 * Makes a function a stage, so that it can join a pipeline.
 *
 * @typeParam In The entries the stage reads.
 * @typeParam Out The entries the stage adds.
 * @param name Appears in plans and errors, and names the stage's random key.
 * @param entries What it reads and adds, for plans; entries that are not listed are not handed to `run`.
 * @param run Computes the entries to add.
 * @returns The stage.
 *
 * @example Usage
 * ```ts
 * import { type Stage, stage } from "@lowerbound/lowerbound";
 * import { assertEquals } from "@std/assert";
 *
 * const double: Stage<{ x: number }, { twice: number }> = stage("double", {
 *   needs: ["x"],
 *   adds: { twice: "2x" },
 * }, ({ x }) => ({ twice: 2 * x }));
 * assertEquals(double.needs, ["x"]);
 * ```
 */
export function stage<In extends object, Out extends object>(
  name: string,
  entries: Entries<In, Out>,
  run: (input: In, context: RunContext) => Out | Promise<Out>,
): Stage<In, Out> {
  return { name, needs: entries.needs, adds: entries.adds, stages: [], run };
}
