import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fromPatches, toPatches } from "../../../models/unet/patches.ts";

Deno.test("toPatches() puts the four pixels of a square side by side, row by row", () => {
  const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
  const patches = toPatches(image);
  assertEquals(patches.shape, [1, 1, 2, 4]);
  assertEquals([...patches.dataSync()], [1, 2, 5, 6, 3, 4, 7, 8]);
});

Deno.test("fromPatches() undoes toPatches()", () => {
  const image = tf.range(0, 2 * 4 * 6 * 3).reshape([2, 4, 6, 3]) as tf.Tensor4D; // rank 4
  const back = fromPatches(toPatches(image));
  assertEquals(back.shape, image.shape);
  assertEquals([...back.dataSync()], [...image.dataSync()]);
});
