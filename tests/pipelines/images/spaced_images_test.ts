import { assertEquals } from "@std/assert";
import { spacedImages } from "../../../pipelines/images/spaced_images.ts";

const split = {
  pixels: Uint8Array.of(10, 11, 20, 21, 30, 31, 40, 41, 50, 51),
  labels: Uint8Array.of(1, 2, 3, 4, 5),
  count: 5,
  rows: 1,
  columns: 2,
};

Deno.test("spacedImages() takes images from all parts of a split, each once", () => {
  const two = spacedImages(split, 2);
  assertEquals([...two.labels], [1, 3]);
  assertEquals([...two.pixels], [10, 11, 30, 31]);
  assertEquals(two.count, 2);
  assertEquals([...spacedImages(split, 3).labels], [1, 2, 4]);
  assertEquals([...spacedImages(split, 4).labels], [1, 2, 3, 4]);
});

Deno.test("spacedImages() takes all images where there are no more", () => {
  assertEquals(spacedImages(split, 5), split);
  assertEquals(spacedImages(split, 9), split);
});
