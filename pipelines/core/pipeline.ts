/**
 * Composition of stages into one stage.
 * @module
 */
import { attempt } from "./attempt.ts";
import type { RunContext } from "./context.ts";
import { fold } from "./random/key.ts";
import type { Stage } from "./stage.ts";
import { type AnyFlags, joinTables } from "./task/settings_table.ts";

/** Merges an intersection, so that an editor shows one plain object. */
export type Show<T> = { [Name in keyof T]: T[Name] } & unknown;

/** Rejects a stage that would add an entry which the run already holds. */
export type Fresh<Held, Added> = keyof Held & keyof Added extends never
  ? unknown
  : { readonly "entry is already held": keyof Held & keyof Added };

/** Rejects a stage that reads an entry which the run does not hold, by the entry's name. */
export type Complete<Held, Needs> = Held extends Needs ? unknown
  : Exclude<keyof Needs, keyof Held> extends never
    ? Stage<Held & object, object>
  : { readonly "entry is missing": Exclude<keyof Needs, keyof Held> };

/**
 * A stage made of stages.
 *
 * @typeParam In What a run starts from.
 * @typeParam Out What its stages have added so far.
 */
export interface Pipeline<In extends object, Out extends object>
  extends Stage<In, Out> {
  /** Appends a stage, whose entries must all be held by now. */
  readonly pipe: <Needs extends object, Added extends object>(
    next:
      & Stage<Needs, Added>
      & Complete<Show<In & Out>, Needs>
      & Fresh<In & Out, Added>,
  ) => Pipeline<In, Show<Out & Added>>;
  /** Appends the stages of another pipeline, each with the key and the path that it has when piped. */
  readonly include: <Needs extends object, Added extends object>(
    part:
      & Pipeline<Needs, Added>
      & Complete<Show<In & Out>, Needs>
      & Fresh<In & Out, Added>,
  ) => Pipeline<In, Show<Out & Added>>;
  /** Closes the pipeline: the named entries survive a run, the others are freed. */
  readonly give: <Name extends keyof Out & string>(
    ...names: readonly Name[]
  ) => Stage<In, Show<Pick<Out, Name>>>;
}

/**
 * Starts an empty pipeline.
 *
 * @typeParam In What a run starts from.
 * @param name Appears in plans and errors, and names the pipeline's random key.
 * @returns A pipeline that adds nothing yet.
 */
export function pipeline<In extends object>(
  name: string,
): Pipeline<In, Record<never, never>> {
  return build(name, []);
}

type AnyStage = Stage<never, object>;
type Held = Record<string, unknown>;

function build<In extends object, Out extends object>(
  name: string,
  stages: readonly AnyStage[],
): Pipeline<In, Out> {
  const run = async (input: In, context: RunContext) =>
    await runStages(stages, input, context) as Out; // proved by `pipe`
  expectDistinct(name, stages);
  const whole = { name, stages, run, ...entriesOf(stages) };
  return {
    ...whole,
    pipe: (next) => build(name, [...stages, next]),
    include: (part) => build(name, [...stages, ...part.stages]),
    give: (...names) => ({
      ...whole,
      adds: Object.fromEntries(names.map((n) => [n, whole.adds[n] ?? ""])),
      run: async (input, context) => keep(await run(input, context), names),
    }),
  };
}

function entriesOf(
  stages: readonly AnyStage[],
): Pick<AnyStage, "needs" | "settings" | "adds"> {
  const settings: AnyFlags[] = [];
  const needs = new Set<string>();
  const adds: Record<string, string> = {};
  for (const stage of stages) {
    for (const name of stage.needs) if (!(name in adds)) needs.add(name);
    settings.push(
      Object.fromEntries(
        Object.entries(stage.settings).filter(([name]) => !(name in adds)),
      ),
    );
    Object.assign(adds, stage.adds);
  }
  return { needs: [...needs], settings: joinTables(settings), adds };
}

/** Stages of one name would draw the same random numbers and restore each other's checkpoints. */
function expectDistinct(name: string, stages: readonly AnyStage[]): void {
  const names = stages.map((stage) => stage.name);
  const twice = names.find((one, i) => names.indexOf(one) !== i);
  if (twice === undefined) return;
  throw new TypeError(
    `Expected one stage called "${twice}" in pipeline "${name}" but found two`,
  );
}

async function runStages(
  stages: readonly AnyStage[],
  input: object,
  context: RunContext,
): Promise<Held> {
  const added: Held = {};
  try {
    for (const stage of stages) {
      context.signal.throwIfAborted();
      Object.assign(
        added,
        await runOne(stage, { ...input, ...added }, context),
      );
    }
    return added;
  } catch (error) {
    free(Object.values(added));
    throw error;
  }
}

async function runOne(
  stage: AnyStage,
  held: Held,
  outer: RunContext,
): Promise<object> {
  const path = [...outer.path, stage.name];
  const context = { ...outer, path, key: fold(outer.key, stage.name) };
  const input = Object.fromEntries(stage.needs.map((n) => [n, held[n]]));
  return await attempt(stage, input as never, context, (added) => { // proved by `pipe`
    expectDeclared(stage, added);
    if (outer.path.length === 1) context.keepSummary(added);
  });
}

/** Types allow a stage to return more than it declares; a plan must not lie. */
function expectDeclared({ adds }: AnyStage, added: object): void {
  const found = Object.keys(added).sort().join(", ");
  const declared = Object.keys(adds).sort().join(", ");
  if (found === declared) return;
  free(Object.values(added));
  throw new TypeError(
    `Expected the declared entries (${declared}) but found (${found})`,
  );
}

function keep<Out extends object, Name extends keyof Out>(
  out: Out,
  names: readonly Name[],
): Show<Pick<Out, Name>> {
  const kept = Object.fromEntries(names.map((name) => [name, out[name]]));
  const survivors = new Set(Object.values(kept));
  free(Object.values(out).filter((value) => !survivors.has(value)));
  return kept as Show<Pick<Out, Name>>; // `fromEntries` forgets the names
}

function free(values: readonly unknown[]): void {
  using stack = new DisposableStack();
  for (const value of new Set(values)) {
    if (isDisposable(value)) stack.use(value);
  }
}

function isDisposable(value: unknown): value is Disposable {
  return typeof value === "object" && value !== null &&
    Symbol.dispose in value;
}
