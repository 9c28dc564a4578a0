import { assertEquals, assertRejects } from "@std/assert";
import {
  MOST_STEPS,
  stepsInFlight,
} from "../../../pipelines/core/steps_in_flight.ts";

/** Twice the first input, and one more than the two of the second, with steps that take some time each. */
function steps(log: number[], milliseconds = 0) {
  return {
    run: async (
      { x, pair }: { readonly x: Float32Array; readonly pair: Uint8Array },
    ) => {
      log.push(x.length);
      assertEquals(pair.length, 2 * x.length);
      await new Promise((resolve) =>
        setTimeout(resolve, milliseconds * x.length)
      );
      return {
        twice: { data: x.map((value) => 2 * value) },
        next: { data: Float32Array.from(pair, (value) => value + 1) },
      };
    },
  };
}

const feedsOf = (item: number) => ({
  x: Float32Array.of(item),
  pair: Uint8Array.of(item, 1),
});

async function collect(
  count: number,
  threads: number,
  log: number[],
  milliseconds?: number,
): Promise<readonly (readonly number[])[]> {
  const items = Array.from({ length: count }, (_, i) => i);
  const found = stepsInFlight(
    steps(log, milliseconds),
    items,
    threads,
    feedsOf,
  );
  const rows: number[][] = [];
  for await (const { item, outputs: { twice, next } } of found) {
    rows.push([item, ...twice, ...next]);
  }
  return rows;
}

Deno.test("stepsInFlight() finds for each item what its own step gives, in order, however many steps a call has", async () => {
  for (const threads of [1, 2, 5]) {
    for (const count of [0, 1, 2, 3, 40, 100]) {
      const log: number[] = [];
      const rows = await collect(count, threads, log);
      const expected = Array.from(
        { length: count },
        (_, i) => [i, 2 * i, i + 1, 2],
      );
      assertEquals(rows, expected);
      assertEquals(log.reduce((sum, size) => sum + size, 0), count);
    }
  }
});

Deno.test("stepsInFlight() begins with calls of one step, and fills those of fast steps", async () => {
  const log: number[] = [];
  await collect(200, 2, log);
  assertEquals(log[0], 1);
  assertEquals(Math.max(...log), MOST_STEPS);
});

Deno.test("stepsInFlight() leaves slow steps to calls of their own", async () => {
  const log: number[] = [];
  await collect(6, 1, log, 160); // 80 ms are to be filled
  assertEquals(log, [1, 1, 1, 1, 1, 1]);
});

Deno.test("stepsInFlight() throws what a call does, after what came before it", async () => {
  const found: number[] = [];
  const failing = {
    run: ({ x }: { readonly x: Float32Array }) =>
      x.includes(2)
        ? Promise.reject(new RangeError("two"))
        : Promise.resolve({ x: { data: x } }),
  };
  const all = stepsInFlight(failing, [0, 1, 2, 3], 1, (item) => ({
    x: Float32Array.of(item),
  }));
  await assertRejects(
    async () => {
      for await (const { item } of all) found.push(item);
    },
    RangeError,
    "two",
  );
  assertEquals(found, [0, 1]);
});
