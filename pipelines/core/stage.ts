/**
 * The one abstraction of the package: a named step from `In` to `Out`.
 * @module
 */
import type { RunContext } from "./context.ts";
import {
  type AnyFlags,
  type Flags,
  namesOf,
  settle,
} from "./task/settings_table.ts";

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
  /** The entries that have defaults and rules: settings. */
  readonly settings: AnyFlags;
  /** What it adds: a line for each entry, with shape and unit. */
  readonly adds: Readonly<Record<string, string>>;
  /** Whether a finished one is kept for runs to come: of a training, which is long, by its last checkpoint. */
  readonly cached?: true;
  /** The stages it is made of; none where it is not a pipeline. */
  readonly stages: readonly Stage<never, object>[];
  /** Stages that it runs itself where it has to, such as a training where no trained model is given. */
  readonly mayRun?: readonly Stage<never, object>[];
  /** Says where its data would come from, for plans: from what `--data` asks for, and the settings. */
  readonly whence?: (
    request: string,
    settings: Readonly<Record<string, unknown>>,
  ) => Promise<string>;
  /** Computes the entries to add. */
  readonly run: (input: In, context: RunContext) => Out | Promise<Out>;
}

/** The stages that a stage is made of, and those that it may run. */
export function partsOf(
  { stages, mayRun = [] }: Stage<never, object>,
): readonly Stage<never, object>[] {
  return [...stages, ...mayRun];
}

/** The entries that a stage reads. */
export type InputOf<S> = S extends Stage<infer In, object> ? In : never;

/**
 * What a stage tells of itself without running.
 *
 * @typeParam In The entries the stage reads.
 * @typeParam Out The entries the stage adds.
 * @typeParam Name The entries handed to `run` that are no settings.
 * @typeParam Settings The settings handed to `run`.
 */
export interface Entries<
  In extends object,
  Out extends object,
  Name extends keyof In & string = keyof In & string,
  Settings extends object = object,
> {
  /** Every entry that `run` reads, by name; others are not handed to it. */
  readonly needs: readonly Name[];
  /** The settings that `run` reads: what is not given takes its default, what is given keeps its rule. */
  readonly settings?: Flags<Settings>;
  /** A line for each entry it adds, with shape and unit. */
  readonly adds: { readonly [Name in keyof Out & string]: string };
  /**
   * Marks a training: a task with the same entries, key, device, code and machine goes on from its last checkpoint. What
   * the stage adds must follow from that checkpoint, under its own path, and from what it needs.
   */
  readonly cached?: true;
  /** Says where the data that `--data` asks for would come from, for plans. */
  readonly whence?: (
    request: string,
    settings: NoInfer<Settings>,
  ) => Promise<string>;
  /** Stages that `run` runs by `attempt` where it has to, for plans, and for the flags of what they do. */
  readonly mayRun?: readonly Stage<never, object>[];
}

/**
 * Lists the entries of an interface, for several stages that need all of them; the compiler sees that none is missing.
 *
 * @typeParam Needed The entries.
 * @param table The name of each entry.
 * @returns The names.
 */
export function entryNames<Needed extends object>(
  table: { readonly [Name in keyof Needed]-?: true },
): readonly (keyof Needed & string)[] {
  return Object.keys(table) as (keyof Needed & string)[]; // one for each entry
}

/** Rejects settings that the entries `In` do not name, or name with another type. */
export type Declared<In, Settings> = In extends Partial<Settings>
  ? keyof Settings extends keyof In ? unknown
  : {
    readonly "setting is not among the entries": Exclude<
      keyof Settings,
      keyof In
    >;
  }
  : { readonly "setting has another type among the entries": Settings };

/**
 * Makes a function a stage, so that it can join a pipeline.
 *
 * @typeParam In The entries the stage reads.
 * @typeParam Out The entries the stage adds.
 * @typeParam Name The entries handed to `run` that are no settings; inferred from `needs`.
 * @typeParam Settings The settings handed to `run`; inferred from `settings`.
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
 *
 * @example A setting with a default
 * ```ts
 * import { count, execute, type Flags, type Stage, stage } from "@lowerbound/lowerbound";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * interface Power {
 *   readonly exponent: number;
 * }
 * const power: Flags<Power> = { exponent: count(2, "of each number") };
 * const raise: Stage<{ x: number } & Partial<Power>, { raised: number }> =
 *   stage("raise", {
 *     needs: ["x"],
 *     settings: power,
 *     adds: { raised: "x ** exponent" },
 *   }, ({ x, exponent }) => ({ raised: x ** exponent }));
 *
 * assertEquals(await execute(raise, { x: 3 }, { seed: 0 }), { raised: 9 });
 * await assertRejects(() => execute(raise, { x: 3, exponent: -1 }, { seed: 0 }), RangeError);
 * ```
 */
export function stage<
  In extends object,
  Out extends object,
  Name extends keyof In & string = never,
  Settings extends object = object,
>(
  name: string,
  entries: Entries<In, Out, Name, Settings> & Declared<In, NoInfer<Settings>>,
  run: (
    input: Pick<In, NoInfer<Name>> & NoInfer<Settings>,
    context: RunContext,
  ) => Out | Promise<Out>,
): Stage<In, Out> {
  const settings: AnyFlags = entries.settings ?? {};
  const { whence } = entries;
  return {
    name,
    needs: [...entries.needs, ...namesOf(settings)],
    settings,
    adds: entries.adds,
    ...entries.cached ? { cached: true } : {},
    stages: [],
    ...entries.mayRun && { mayRun: entries.mayRun },
    ...whence && {
      whence: (request, given) =>
        whence(request, settle(settings, given) as Settings), // settled
    },
    run: (input, context) =>
      run(settle(settings, input) as In & Settings, context), // settled
  };
}
