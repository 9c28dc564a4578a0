import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import type { BinaryImages } from "../../../pipelines/images/images.ts";
import { imageBatches } from "../../../pipelines/images/image_batches.ts";

/** Ten images of one row; the pixels of image i spell i in four bits. */
const train = {
  pixels: Uint8Array.from(
    { length: 40 },
    (_, at) => (Math.floor(at / 4) >> (at % 4)) & 1,
  ),
  labels: Uint8Array.from({ length: 10 }, (_, i) => i),
  count: 10,
  rows: 1,
  columns: 4,
};
const images: BinaryImages = {
  train,
  validation: train,
  test: train,
  binarization: "threshold",
  redraw: () => train,
};

/** Which images a batch holds. */
function numbers(pixels: Uint8Array): number[] {
  return Array.from(
    { length: pixels.length / 4 },
    (_, i) =>
      pixels[4 * i]! + 2 * pixels[4 * i + 1]! + 4 * pixels[4 * i + 2]! +
      8 * pixels[4 * i + 3]!,
  );
}

Deno.test("imageBatches() meets each image at most once in an epoch", () => {
  const batches = imageBatches(images, 3, keyFrom(0));
  assertEquals(batches.perEpoch, 3);
  for (const epoch of [0, 1, 7]) {
    const met = numbers(batches.at(3 * epoch, 3));
    assertEquals(new Set(met).size, 9);
  }
});

Deno.test("imageBatches() shuffles each epoch anew", () => {
  const batches = imageBatches(images, 5, keyFrom(0));
  assertNotEquals(numbers(batches.at(0, 2)), numbers(batches.at(2, 2)));
});

Deno.test("imageBatches() gives the same images however they are asked for", () => {
  const whole = imageBatches(images, 3, keyFrom(1)).at(0, 8);
  const parts = imageBatches(images, 3, keyFrom(1));
  const last = [...parts.at(5, 3)];
  assertEquals([...parts.at(0, 2), ...parts.at(2, 3), ...last], [...whole]);
});

Deno.test("imageBatches() draws the images of each epoch by its own key", () => {
  const keys: string[] = [];
  const redraw: BinaryImages["redraw"] = (key) => {
    keys.push(String(key.words));
    return train;
  };
  imageBatches({ ...images, redraw }, 5, keyFrom(0)).at(0, 6);
  assertEquals(new Set(keys).size, 3);
  assertEquals(keys.length, 3);
});

Deno.test("imageBatches() refuses a batch larger than the data", () => {
  assertThrows(
    () => imageBatches(images, 11, keyFrom(0)),
    RangeError,
    "Expected batch to be at most the 10 training images but found 11",
  );
});
