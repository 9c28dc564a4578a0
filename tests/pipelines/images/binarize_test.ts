import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import type {
  GreyImages,
  ImageSplit,
} from "../../../pipelines/images/images.ts";
import {
  binarizeAll,
  binarizeByThreshold,
  binarizeTo14x14,
  sampleBinary,
} from "../../../pipelines/images/binarize.ts";

function row(pixels: readonly number[]): ImageSplit {
  return {
    pixels: Uint8Array.from(pixels),
    labels: Uint8Array.of(0),
    count: 1,
    rows: 1,
    columns: pixels.length,
  };
}

/** 10,000 pixels of one grey value. */
function flat(grey: number): ImageSplit {
  return row(Array<number>(10_000).fill(grey));
}

Deno.test("binarizeByThreshold() is 1 where grey / 255 > 0.5", () => {
  const { pixels } = binarizeByThreshold(row([0, 127, 128, 255]));
  assertEquals([...pixels], [0, 0, 1, 1]);
});

Deno.test("binarizeTo14x14() keeps every second pixel, 1 where grey > 128", () => {
  const square: ImageSplit = {
    pixels: Uint8Array.of(
      ...[129, 255, 128, 255],
      ...[255, 255, 255, 255],
      ...[0, 255, 255, 255],
      ...[255, 255, 255, 255],
      ...[1, 0, 2, 0].map((x) => 128 + x), // the second image
      ...[0, 0, 0, 0],
      ...[200, 0, 100, 0],
      ...[0, 0, 0, 0],
    ),
    labels: Uint8Array.of(3, 4),
    count: 2,
    rows: 4,
    columns: 4,
  };
  const halved = binarizeTo14x14(square);
  assertEquals([...halved.pixels], [1, 0, 0, 1, 1, 1, 1, 0]);
  assertEquals([halved.rows, halved.columns, halved.count], [2, 2, 2]);
});

Deno.test("sampleBinary() is never ink on paper, and always ink on full ink", () => {
  const white = sampleBinary(flat(0), keyFrom(1)).pixels;
  const black = sampleBinary(flat(255), keyFrom(1)).pixels;
  assertEquals([white.indexOf(1), black.indexOf(0)], [-1, -1]);
});

Deno.test("sampleBinary() is ink with probability grey / 255", () => {
  for (const grey of [1, 64, 127, 254]) {
    const { pixels } = sampleBinary(flat(grey), keyFrom(grey));
    const p = grey / 255;
    const found = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
    // Five standard errors of a Bernoulli mean: wrong once in two million times, and the key is fixed.
    assertAlmostEquals(found, p, 5 * Math.sqrt(p * (1 - p) / pixels.length));
  }
});

Deno.test("sampleBinary() gives neighbours independent draws", () => {
  const { pixels } = sampleBinary(flat(127), keyFrom(2));
  let equal = 0;
  for (let i = 0; i < pixels.length; i += 2) {
    if (pixels[i] === pixels[i + 1]) equal++;
  }
  // Of 5,000 pairs half are equal, within five standard errors of sqrt(5,000) / 2.
  assertAlmostEquals(equal, 2_500, 5 * Math.sqrt(5_000) / 2);
});

Deno.test("sampleBinary() depends on the key alone, also for an odd number of pixels", () => {
  const odd = row([127, 127, 127, 127, 127, 127, 127, 127, 127]);
  assertEquals(sampleBinary(odd, keyFrom(3)), sampleBinary(odd, keyFrom(3)));
  assertNotEquals(
    sampleBinary(flat(127), keyFrom(3)),
    sampleBinary(flat(127), keyFrom(4)),
  );
});

const grey: GreyImages = {
  train: flat(127),
  validation: flat(127),
  test: flat(127),
};

Deno.test("binarizeAll() draws each stochastic split apart, and again for each epoch", () => {
  const images = binarizeAll(grey, "stochastic");
  assertNotEquals(images.train.pixels, images.test.pixels);
  assertNotEquals(images.validation.pixels, images.test.pixels);
  assertEquals(images.test, binarizeAll(grey, "stochastic").test);
  assertEquals(images.redraw(keyFrom(5)), sampleBinary(grey.train, keyFrom(5)));
  assertNotEquals(images.redraw(keyFrom(5)), images.redraw(keyFrom(6)));
});

Deno.test("binarizeAll() trains on the same images each epoch under a threshold", () => {
  for (const name of ["threshold", "threshold-128-14x14"] as const) {
    const images = binarizeAll(grey, name);
    assertEquals(images.binarization, name);
    assertEquals(images.redraw(keyFrom(5)), images.train);
  }
});
