import { assertEquals, assertRejects } from "@std/assert";
import { inFlight, together } from "../../../pipelines/core/in_flight.ts";

/** Work on numbers whose first items take longest; `log` tells how many are started and not yet done. */
function work(log: number[]): (item: number) => Promise<number> {
  let begun = 0;
  return async (item) => {
    log.push(++begun);
    for (let i = 0; i < 20 - item; i++) await Promise.resolve();
    begun--;
    return item * item;
  };
}

Deno.test("inFlight() gives results in the order of the items, with one more started than there are threads", async () => {
  for (const [threads, greatest] of [[0, 1], [1, 2], [2, 3], [9, 5]] as const) {
    const log: number[] = [];
    const found = inFlight([1, 2, 3, 4, 5], threads, work(log));
    assertEquals(await Array.fromAsync(found), [1, 4, 9, 16, 25]);
    assertEquals(Math.max(...log), greatest);
  }
});

Deno.test("inFlight() takes no item before its turn", async () => {
  const taken: number[] = [];
  function* items(): Generator<number> {
    for (let i = 0; i < 9; i++) {
      taken.push(i);
      yield i;
    }
  }
  for await (const found of inFlight(items(), 2, (i) => Promise.resolve(i))) {
    if (found === 1) break;
  }
  assertEquals(taken, [0, 1, 2, 3]);
});

Deno.test("inFlight() throws what went wrong when its turn comes", async () => {
  const found: number[] = [];
  const failing = (i: number) =>
    i === 2 ? Promise.reject(new RangeError("two")) : Promise.resolve(i);
  await assertRejects(
    async () => {
      for await (const i of inFlight([0, 1, 2, 3, 4], 2, failing)) {
        found.push(i);
      }
    },
    RangeError,
    "two",
  );
  assertEquals(found, [0, 1]);
});

Deno.test("inFlight() and together() leave no work behind that was started, whatever fails", async () => {
  const done: number[] = [];
  const slow = async (i: number) => {
    await new Promise((resolve) => setTimeout(resolve, 5 * i));
    if (i === 0) throw new RangeError("zero");
    done.push(i);
  };
  await assertRejects(
    () => Array.fromAsync(inFlight([0, 1, 2, 3, 4], 2, slow)),
    RangeError,
  );
  assertEquals(done, [1, 2]);
  await assertRejects(() => together([3, 0, 4].map(slow)), RangeError, "zero");
  assertEquals(done, [1, 2, 3, 4]);
  for await (const _ of inFlight([5, 6, 7, 8], 2, slow)) break;
  assertEquals(done, [1, 2, 3, 4, 5, 6, 7]);
});
