/**
 * One stage, run for each of several cases.
 * @module
 */
import { attempt } from "./attempt.ts";
import type { MetricRecord, RunContext } from "./context.ts";
import { fold } from "./random/key.ts";
import { type Declared, type Entries, type Stage, stage } from "./stage.ts";

/**
 * One of the cases.
 *
 * @typeParam In What the stage reads.
 */
export interface Case<In extends object> {
  /** Sets the case apart: in paths, in errors, and before the name of each measurement. */
  readonly name: string;
  /** What the stage reads. */
  readonly input: In;
  /** Cases with equal names of their key get equal random numbers; `name` unless given. */
  readonly keyName?: string;
}

/** What the stage added for a case. */
export interface CaseResult<In extends object, Out extends object> {
  /** The name of the case. */
  readonly name: string;
  /** What the stage read. */
  readonly input: In;
  /** What the stage added. */
  readonly out: Out;
}

/** What makes a stage of cases. */
export interface ForEach<
  In extends object,
  Each extends object,
  Out extends object,
  Added extends object,
  Name extends keyof In & string = keyof In & string,
  Settings extends object = object,
> extends Entries<In, Added, Name, Settings> {
  /** Lists the cases, whose names differ, from the entries that are listed. */
  readonly cases: (
    input: Pick<In, NoInfer<Name>> & NoInfer<Settings>,
  ) => readonly Case<Each>[];
  /** What to run for each case; it adds nothing that must be freed. */
  readonly stage: Stage<Each, Out>;
  /** Makes entries of the results, which are in the order of the cases. */
  readonly collect: (results: readonly CaseResult<Each, Out>[]) => Added;
}

/**
 * Makes a stage that runs another for each case, one after another.
 *
 * Each case has a path, a key and checkpoints of its own, and `NAME/` before the names of its measurements.
 *
 * @param name Of the whole.
 * @param options The cases, and what to run.
 * @returns The stage.
 * @throws {TypeError} When run, if two cases have one name.
 */
export function forEach<
  In extends object,
  Each extends object,
  Out extends object,
  Added extends object,
  Name extends keyof In & string = never,
  Settings extends object = object,
>(
  name: string,
  options:
    & ForEach<In, Each, Out, Added, Name, Settings>
    & Declared<In, NoInfer<Settings>>,
): Stage<In, Added> {
  const { cases, stage: each, collect } = options;
  const whole = stage<In, Added, Name, Settings>(name, options, async (
    all,
    context,
  ) => {
    const results: CaseResult<Each, Out>[] = [];
    for (const one of expectDistinct(cases(all))) {
      context.signal.throwIfAborted();
      const { name, input } = one;
      results.push({ name, input, out: await run(each, one, context) });
    }
    return collect(results);
  });
  return { ...whole, stages: [each] };
}

async function run<In extends object, Out extends object>(
  stage: Stage<In, Out>,
  { name, input, keyName = name }: Case<In>,
  outer: RunContext,
): Promise<Out> {
  const context: RunContext = {
    ...outer,
    path: [...outer.path, name],
    key: fold(outer.key, keyName),
    metrics: {
      record: (record) => outer.metrics.record(withPrefix(name, record)),
    },
  };
  return await attempt(stage, input, context);
}

function withPrefix(prefix: string, record: MetricRecord): MetricRecord {
  const values = Object.entries(record.values)
    .map(([name, value]) => [`${prefix}/${name}`, value] as const);
  return { ...record, values: Object.fromEntries(values) };
}

function expectDistinct<C extends { readonly name: string }>(
  cases: readonly C[],
): readonly C[] {
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return cases;
  throw new TypeError(`Expected one case called "${twice}" but found two`);
}
