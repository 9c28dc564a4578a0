import { assert, assertEquals, assertThrows } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  bucketBatches,
  chooseSizes,
  padRows,
  sizeFor,
} from "../../../../pipelines/text/parallel/buckets.ts";

/** Lengths from 3 to 14. */
const lengths = Array.from(
  { length: 90 },
  (_, i) => 3 + (i * 5 + (i >> 4)) % 12,
);

function padded(lengths: readonly number[], sizes: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + sizeFor(length, sizes), 0);
}

Deno.test("chooseSizes() pads no more than any other choice of as many sizes", () => {
  const chosen = chooseSizes(lengths, 3);
  assertEquals([chosen.length, chosen.at(-1)], [3, 14]);
  for (let a = 1; a < 14; a++) {
    for (let b = a + 1; b < 14; b++) {
      assert(padded(lengths, chosen) <= padded(lengths, [a, b, 14]));
    }
  }
});

Deno.test("chooseSizes() gives no more sizes than there are lengths", () => {
  assertEquals(chooseSizes([5, 5, 5], 4), [5]);
  assertEquals(chooseSizes([1, 3], 8), [1, 3]);
  assertThrows(
    () => chooseSizes([], 2),
    RangeError,
    "Expected at least one sentence",
  );
});

Deno.test("an epoch holds each sentence once, in batches of one size", () => {
  const sizes = chooseSizes(lengths, 3);
  const { perEpoch, at } = bucketBatches(
    lengths,
    { sizes, batch: 8 },
    keyFrom(3),
  );
  for (const epoch of [0, 1]) {
    const batches = Array.from(
      { length: perEpoch },
      (_, i) => at(epoch * perEpoch + i),
    );
    const all = batches.flatMap(({ items }) => [...items]);
    assertEquals([...all].sort((a, b) => a - b), lengths.map((_, i) => i));
    for (const { size, items } of batches) {
      assert(items.length <= 8);
      assert([...items].every((i) => sizeFor(lengths[i]!, sizes) === size));
    }
  }
});

Deno.test("the order depends on the key and the update alone, and differs between epochs", () => {
  const options = { sizes: [14], batch: 8 };
  const one = bucketBatches(lengths, options, keyFrom(3));
  const two = bucketBatches(lengths, options, keyFrom(3));
  const later = one.at(one.perEpoch + 2);
  assertEquals(two.at(one.perEpoch + 2), later);
  assertEquals(one.at(2), two.at(2));
  assert(`${one.at(2).items}` !== `${later.items}`);
});

Deno.test("sentences over the greatest size are refused", () => {
  assertThrows(
    () => bucketBatches([3, 15], { sizes: [14], batch: 2 }, keyFrom(0)),
    RangeError,
    "Expected sentences of at most 14 tokens but found 15",
  );
});

Deno.test("padRows() fills with zeros, and cuts what is longer", () => {
  assertEquals([...padRows([[1], [1, 2, 3]], 3, 2)], [1, 0, 1, 2, 0, 0]);
});
