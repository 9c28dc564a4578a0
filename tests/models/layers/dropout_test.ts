import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { dropAt, dropout } from "../../../models/layers/dropout.ts";

Deno.test("dropout() zeroes where the noise lies below the rate, and scales the rest", () => {
  const y = dropout(tf.ones([4]), tf.tensor([0, 0.19, 0.2, 0.9]), 0.2);
  assertEquals([...y.dataSync()], [0, 0, 1.25, 1.25]);
});

Deno.test("dropout() at a rate of zero keeps every number", () => {
  const y = dropout(tf.tensor([1, 2]), tf.tensor([0, 0.5]), 0);
  assertEquals([...y.dataSync()], [1, 2]);
});

Deno.test("dropout() refuses a rate of one", () => {
  assertThrows(
    () => dropout(tf.ones([1]), tf.ones([1]), 1),
    RangeError,
    "Expected dropout rate in [0, 1) but found 1",
  );
});

Deno.test("dropAt() uses the noise of each place, and refuses noise for other places", () => {
  const noise = { rate: 0.5, noise: tf.tensor2d([[0, 1], [1, 0]]) };
  const drop = dropAt({ places: 2, noise });
  assertEquals([...drop(tf.ones([2]), 0).dataSync()], [0, 2]);
  assertEquals([...drop(tf.ones([2]), 1).dataSync()], [2, 0]);
  assertThrows(
    () => dropAt({ places: 3, noise }),
    RangeError,
    "Expected dropout noise for 3 places but found 2",
  );
});
