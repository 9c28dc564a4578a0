import { assertEquals, assertThrows } from "@std/assert";
import type { ImageSplit } from "../../../pipelines/images/images.ts";
import { gather, splitImages, take } from "../../../pipelines/images/split.ts";
import { firstOfEach } from "../../../pipelines/images/first_of_each.ts";

/** Images of two pixels: image i is [i, 100 + i], its label i % 10. */
function numbered(count: number): ImageSplit {
  return {
    pixels: Uint8Array.from(
      { length: 2 * count },
      (_, i) => (i >> 1) + 100 * (i & 1),
    ),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
    count,
    rows: 1,
    columns: 2,
  };
}

Deno.test("splitImages() takes the last sixth of the training file for validation", () => {
  const { train, validation, test } = splitImages(numbered(13), numbered(3));
  assertEquals([...train.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
  assertEquals([...validation.pixels], [11, 111, 12, 112]);
  assertEquals([train.count, validation.count, test.count], [11, 2, 3]);
});

Deno.test("splitImages() refuses too few images", () => {
  assertThrows(
    () => splitImages(numbered(5), numbered(3)),
    RangeError,
    "Expected at least 6 training images but found 5",
  );
  assertThrows(
    () => splitImages(numbered(6), numbered(0)),
    RangeError,
    "Expected at least 1 test image but found 0",
  );
});

Deno.test("take() keeps the first images, at most all", () => {
  assertEquals([...take(numbered(5), 2).pixels], [0, 100, 1, 101]);
  assertEquals(take(numbered(5), 9), numbered(5));
  assertThrows(
    () => take(numbered(5), 0),
    RangeError,
    "Expected count to be a positive whole number but found 0",
  );
});

Deno.test("gather() copies images by index", () => {
  const gathered = gather(numbered(5), [3, 0, 3]);
  assertEquals([...gathered.pixels], [3, 103, 0, 100, 3, 103]);
  assertEquals([...gathered.labels], [3, 0, 3]);
  assertThrows(
    () => gather(numbered(5), [5]),
    RangeError,
    "Expected an index below 5 but found 5",
  );
});

Deno.test("firstOfEach() orders by digit, then as in the file", () => {
  const { pixels, labels, count } = firstOfEach(numbered(35), 3);
  assertEquals(count, 30);
  assertEquals([...labels.subarray(0, 6)], [0, 0, 0, 1, 1, 1]);
  assertEquals([...pixels.subarray(0, 6)], [0, 100, 10, 110, 20, 120]);
  assertThrows(
    () => firstOfEach(numbered(35), 4),
    RangeError,
    "Expected 4 images of the class 5 but found 3",
  );
});
