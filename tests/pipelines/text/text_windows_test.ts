import { assertEquals } from "@std/assert";
import {
  countWindows,
  windowBlocks,
} from "../../../pipelines/text/text_windows.ts";

const text = Int32Array.from({ length: 10 }, (_, i) => i);
const cut = { window: 4, stride: 3, most: 0 };

Deno.test("countWindows() counts whole windows", () => {
  assertEquals(countWindows(10, cut), 3);
  assertEquals(countWindows(9, cut), 2);
  assertEquals(countWindows(4, cut), 1);
  assertEquals(countWindows(3, cut), 0);
  assertEquals(countWindows(10, { ...cut, most: 2 }), 2);
});

Deno.test("windowBlocks() overlaps windows by what is only read, and fills up the last block", () => {
  const blocks = [...windowBlocks(text, cut, 2)];
  assertEquals(blocks.map(({ count }) => count), [2, 1]);
  assertEquals(blocks.map(({ windows }) => [...windows]), [
    [0, 1, 2, 3, 3, 4, 5, 6],
    [6, 7, 8, 9, 6, 7, 8, 9],
  ]);
});
