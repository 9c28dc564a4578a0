/**
 * Steps of a compiled function that are taken by few long calls.
 * @module
 */
import { inFlight } from "./in_flight.ts";

/** The most steps of a call: `stepsPerCall` of the functions that `stepsInFlight()` runs. */
export const MOST_STEPS: number = 16;

/**
 * Milliseconds that a call, its waiting included, should take. A thread that begins a short call may be put on the
 * processor of another, where both share it until the system moves one of them, some milliseconds later.
 */
const CALL_MILLISECONDS = 80;

/** Numbers of an input, for one step. */
export type StepNumbers = Float32Array | Int32Array | Uint8Array;

/** A compiled function with `stepsPerCall: MOST_STEPS`. */
export interface ManySteps<Inputs, Name extends string> {
  /** Runs one call of one step or some: each input has a leading axis of steps, as has each output. */
  run(
    inputs: Inputs,
  ): Promise<{ readonly [N in Name]: { readonly data: Float32Array } }>;
}

/** What a step is for, and what it found. */
export interface StepFound<Item, Name extends string> {
  /** What the step was for. */
  readonly item: Item;
  /** Outputs of this step alone. */
  readonly outputs: { readonly [N in Name]: Float32Array };
}

/**
 * Takes a step for each item, as many in a call as fill some time, and as many calls at once as there are threads.
 *
 * What is found does not depend on how many steps a call has. Where it ends early, it waits for the calls that were
 * started.
 *
 * @param step The function.
 * @param items What the steps are for, taken only when they are to be run.
 * @param threads How many calls can be computed at once.
 * @param feedsOf What a step is fed, as arrays.
 * @returns What each step found, in the order of the items.
 * @throws What the function throws, when the turn of its steps comes.
 *
 * @example
 * ```ts
 * import { compile } from "@lowerbound/lowerbound/compile";
 * import { MOST_STEPS, stepsInFlight } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * using step = await compile(({ x }) => ({ squares: x.square() }), {
 *   inputs: { x: { shape: [2] } },
 *   device: "cpu",
 *   threads: 2,
 *   parallel: "calls",
 *   stepsPerCall: MOST_STEPS,
 * });
 * const blocks = [[1, 2], [3, 4], [5, 6]];
 * const found = stepsInFlight(step, blocks, 2, (block) => ({
 *   x: Float32Array.from(block),
 * }));
 * for await (const { item, outputs } of found) {
 *   assertEquals([...outputs.squares], item.map((x) => x * x));
 * }
 * ```
 */
export async function* stepsInFlight<
  Item,
  Inputs extends object,
  Name extends string,
>(
  step: ManySteps<Inputs, Name>,
  items: Iterable<Item>,
  threads: number,
  feedsOf: (item: Item) => { readonly [N in keyof Inputs]: StepNumbers },
): AsyncGenerator<StepFound<Item, Name>, void, undefined> {
  let steps = 1;
  const calls = inFlight(
    groups(items, () => steps),
    threads,
    async (group) => {
      const begun = performance.now();
      const fed = stacked(group.map(feedsOf));
      const found = await step.run(fed as Inputs); // arrays are what every input may be fed
      const each = (performance.now() - begun) / group.length;
      const enough = Math.round(CALL_MILLISECONDS / each);
      steps = Math.max(1, Math.min(MOST_STEPS, enough));
      return { group, found };
    },
  );
  for await (const { group, found } of calls) {
    for (const [i, item] of group.entries()) {
      const outputs = mapped(found, ({ data }) => {
        const size = data.length / group.length;
        return data.subarray(i * size, (i + 1) * size);
      });
      yield { item, outputs };
    }
  }
}

/** Consecutive items, as many together as is said when they are taken. */
function* groups<Item>(
  items: Iterable<Item>,
  size: () => number,
): Generator<readonly Item[]> {
  let group: Item[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length < size()) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Arrays of the same names, one after the other. */
function stacked<Name extends PropertyKey>(
  parts: readonly { readonly [N in Name]: StepNumbers }[],
): { readonly [N in Name]: StepNumbers } {
  const [one, ...others] = parts as [typeof parts[number]]; // a group has items
  if (others.length === 0) return one;
  return mapped(one, (first, name) => {
    const Kind = first.constructor as new (length: number) => StepNumbers; // of all three kinds
    const all = new Kind(parts.length * first.length);
    for (const [i, part] of parts.entries()) {
      all.set(part[name], i * first.length);
    }
    return all;
  });
}

function mapped<Name extends PropertyKey, A, B>(
  values: { readonly [N in Name]: A },
  change: (value: A, name: Name) => B,
): { readonly [N in Name]: B } {
  const entries = Object.entries(values) as [Name, A][]; // all values are alike
  return Object.fromEntries(
    entries.map(([name, value]) => [name, change(value, name)]),
  ) as { [N in Name]: B };
}
