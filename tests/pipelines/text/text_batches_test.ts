import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { textBatches } from "../../../pipelines/text/text_batches.ts";

/** Each character is its own place. */
const text = Int32Array.from({ length: 50 }, (_, i) => i);
const sizes = { batch: 3, window: 5, context: 4 };

function batchesOf(seed: number, options = sizes) {
  return textBatches(text, options, keyFrom(seed));
}

Deno.test("textBatches() cuts windows of consecutive characters from inside the text", () => {
  const windows = batchesOf(0).at(0, 40);
  assertEquals(windows.length, 40 * 3 * 5);
  for (let i = 0; i < windows.length; i += 5) {
    const start = windows[i]!;
    assertEquals(
      [...windows.subarray(i, i + 5)],
      [0, 1, 2, 3, 4].map((j) => start + j),
    );
    assert(start >= 0 && start <= 45);
  }
});

Deno.test("textBatches() reaches the first and the last place of a text", () => {
  // 600 draws from 46 places: each is missed with probability (45 / 46)^600 < 2e-6; the key is fixed.
  const windows = batchesOf(0).at(0, 200);
  const starts = new Set(windows.filter((_, i) => i % 5 === 0));
  assertEquals(starts.size, 46);
});

Deno.test("textBatches() gives each update its own batch, however many are asked for at once", () => {
  const batches = batchesOf(1);
  const one = batches.at(7, 1);
  assertEquals(batches.at(5, 4).subarray(2 * 15, 3 * 15), one);
  assertNotEquals(batches.at(8, 1), one);
  assertNotEquals(batchesOf(2).at(7, 1), one);
});

Deno.test("textBatches() counts an epoch by the characters that are predicted", () => {
  assertEquals(batchesOf(0).perEpoch, 4); // 50 / (3 * 4)
  assertEquals(batchesOf(0, { ...sizes, batch: 100 }).perEpoch, 1);
});

Deno.test("textBatches() refuses a text that is shorter than a window", () => {
  assertThrows(
    () => batchesOf(0, { batch: 1, window: 51, context: 50 }),
    RangeError,
    "Expected a text of at least 51 characters but found 50",
  );
});
