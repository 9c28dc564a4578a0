/**
 * Work that is started before earlier work is done.
 * @module
 */

/**
 * Starts work on one item after the other, a few ahead, and yields the results in order.
 *
 * Where it ends early, what was started goes on to its end, and nobody hears of it.
 *
 * @param items What to work on, taken only when its turn comes.
 * @param most How many may be started and not yet yielded; 1 does one after the other.
 * @param start Starts the work on an item.
 * @returns The results, in the order of the items.
 * @throws What the work on an item throws, when its turn comes.
 *
 * @example
 * ```ts
 * import { inFlight } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * const squares = inFlight([1, 2, 3], 2, (x) => Promise.resolve(x * x));
 * assertEquals(await Array.fromAsync(squares), [1, 4, 9]);
 * ```
 */
export async function* inFlight<Item, Result>(
  items: Iterable<Item>,
  most: number,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const started: Promise<Result>[] = [];
  for (const item of items) {
    const work = start(item);
    work.catch(() => {}); // told when its turn comes
    started.push(work);
    if (started.length >= most) yield await started.shift()!; // one at least
  }
  for (const work of started) yield await work;
}
