import { assertEquals } from "@std/assert";
import { imageBlocks } from "../../../pipelines/images/image_blocks.ts";

const split = {
  pixels: Uint8Array.of(0, 1, 1, 0, 1, 1, 0, 0, 1, 0),
  labels: new Uint8Array(5),
  count: 5,
  rows: 1,
  columns: 2,
};

Deno.test("imageBlocks() holds every image once, and fills the last block up", () => {
  const blocks = [...imageBlocks(split, 3)].map((block) => ({
    ...block,
    pixels: [...block.pixels],
  }));
  assertEquals(blocks, [
    { first: 0, count: 3, pixels: [0, 1, 1, 0, 1, 1] },
    { first: 3, count: 2, pixels: [0, 0, 1, 0, 1, 0] },
  ]);
});
