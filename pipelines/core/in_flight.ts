/**
 * Work that is started before earlier work is done.
 * @module
 */

/**
 * Starts work on one item after the other, and yields the results in order: as many are under way as there are threads,
 * and one more, whose input is made meanwhile.
 *
 * Where it ends early, it waits until all that was started is done.
 *
 * @param items What to work on, taken only when its turn comes.
 * @param threads How many can be worked on at once.
 * @param start Starts the work on an item.
 * @returns The results, in the order of the items.
 * @throws What the work on an item throws, when its turn comes.
 *
 * @example
 * ```ts
 * import { inFlight } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * const squares = inFlight([1, 2, 3], 1, (x) => Promise.resolve(x * x));
 * assertEquals(await Array.fromAsync(squares), [1, 4, 9]);
 * ```
 */
export async function* inFlight<Item, Result>(
  items: Iterable<Item>,
  threads: number,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const started: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const work = start(item);
      work.catch(() => {}); // told when its turn comes
      started.push(work);
      if (started.length > threads) yield await started.shift()!; // one at least
    }
    while (started.length > 0) yield await started.shift()!; // one at least
  } finally {
    await Promise.allSettled(started);
  }
}

/**
 * Waits until all work is done, also where some of it fails.
 *
 * @param works What was started.
 * @returns The results, in order.
 * @throws What the first work in the list that failed has thrown.
 *
 * @example
 * ```ts
 * import { together } from "@lowerbound/lowerbound/core";
 * import { assertEquals } from "@std/assert";
 *
 * const works = [1, 2].map((x) => Promise.resolve(x * x));
 * assertEquals(await together(works), [1, 4]);
 * ```
 */
export async function together<const Works extends readonly Promise<unknown>[]>(
  works: Works,
): Promise<{ -readonly [Place in keyof Works]: Awaited<Works[Place]> }> {
  await Promise.allSettled(works);
  return await Promise.all(works);
}
