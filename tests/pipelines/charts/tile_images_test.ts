import { assertEquals, assertThrows } from "@std/assert";
import { tileImages } from "../../../pipelines/charts/tile_images.ts";

Deno.test("tileImages() puts images beside one another, a white line between", () => {
  const images = Float32Array.of(0, 0.2, 0.4, 0.6); // two images of 1 x 2
  const { width, height, values } = tileImages(images, {
    imageShape: [1, 2],
    columns: 2,
    scale: 1,
  });
  assertEquals([width, height], [5, 1]);
  assertEquals([...values], [0, 51, 255, 102, 153]);
});

Deno.test("tileImages() repeats each pixel, without smoothing", () => {
  const images = Float32Array.of(0, 1);
  const { width, height, values } = tileImages(images, {
    imageShape: [1, 2],
    columns: 1,
    scale: 2,
  });
  assertEquals([width, height], [4, 2]);
  assertEquals([...values], [0, 0, 255, 255, 0, 0, 255, 255]);
});

Deno.test("tileImages() leaves white what the last row lacks", () => {
  const images = Float32Array.of(0, 0, 0); // three images of 1 x 1
  const { values } = tileImages(images, {
    imageShape: [1, 1],
    columns: 2,
    scale: 1,
  });
  assertEquals([...values], [0, 255, 0, 255, 255, 255, 0, 255, 255]);
});

Deno.test("tileImages() refuses parts of images and values that are not grey", () => {
  const tiling = { imageShape: [1, 2], columns: 1, scale: 1 } as const;
  assertThrows(
    () => tileImages(new Float32Array(3), tiling),
    RangeError,
    "whole images of 1 x 2 but found 3 values",
  );
  assertThrows(
    () => tileImages(new Float32Array(0), tiling),
    RangeError,
    "found 0 values",
  );
  assertThrows(
    () => tileImages(Float32Array.of(0, NaN), tiling),
    RangeError,
    "found NaN at 1",
  );
  assertThrows(
    () => tileImages(Float32Array.of(1.5, 0), tiling),
    RangeError,
    "found 1.5 at 0",
  );
});

Deno.test("tileImages() keeps the colours of a pixel together", () => {
  const images = Float32Array.of(1, 0, 0, 0, 0, 1);
  const { width, height, values } = tileImages(images, {
    imageShape: [1, 1],
    columns: 2,
    scale: 1,
    numbers: 3,
  });
  assertEquals([width, height], [3, 1]);
  assertEquals([...values], [255, 0, 0, 255, 255, 255, 0, 0, 255]);
});
