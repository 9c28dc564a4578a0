import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { imageItems, indexBatches } from "../../../pipelines/gan/items.ts";

Deno.test("an epoch of batches meets each item once, in another order each time, however it is cut", () => {
  const batches = indexBatches(12, 4, keyFrom(3));
  assertEquals(batches.perEpoch, 3);
  const [first, second] = [batches.at(0, 3), batches.at(3, 3)];
  for (const epoch of [first, second]) {
    assertEquals(
      [...epoch].sort((a, b) => a - b),
      Array.from({ length: 12 }, (_, i) => i),
    );
  }
  assertEquals(`${first}` === `${second}`, false);
  // across the border of two epochs
  assertEquals([...batches.at(2, 2)], [
    ...first.slice(8),
    ...second.slice(0, 4),
  ]);
});

Deno.test("grey bytes become numbers from -1 to 1, where tanh ends", () => {
  const pixels = Uint8Array.of(0, 255, 51, 102);
  const images = {
    pixels,
    labels: Uint8Array.of(0),
    count: 1,
    rows: 2,
    columns: 2,
  };
  const { toReal, length } = imageItems(images);
  assertEquals(length, 4);
  const found = toReal(tf.tensor2d([[0, 255, 51, 102]], [1, 4], "int32"));
  assertEquals([...found.dataSync()].map((x) => x.toFixed(3)), [
    "-1.000",
    "1.000",
    "-0.600",
    "-0.200",
  ]);
});
