import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  crossEntropy,
  wasserstein,
} from "../../../models/adversarial/objective.ts";

const real = tf.tensor2d([[1, 2], [0, 1]]);
const fake = tf.tensor2d([[3, 1], [2, 2]]);

/** x0^2 + 3 x1: its slope is (2 x0, 3). */
const critic = (x: tf.Tensor2D) =>
  x.square().mul(tf.tensor1d([1, 0])).add(x.mul(tf.tensor1d([0, 3]))).sum(1);

Deno.test("crossEntropy() adds half of r1 times the mean squared slope at real items, and nothing without it", () => {
  assertEquals(crossEntropy().penalty, undefined);
  const input = { critic, real, fake } as never; // as much as it reads
  const penalty = crossEntropy({ r1: 0.5 }).penalty!(input);
  // squared slopes 4 + 9 and 0 + 9
  assertAlmostEquals(penalty.dataSync()[0]!, 0.5 / 2 * (13 + 9) / 2, 1e-5);
  assertEquals(crossEntropy({ r1: 0.5 }).mixes, undefined);
});

Deno.test("wasserstein() is the difference of mean scores", () => {
  const objective = wasserstein(10);
  const scores = { real: tf.tensor1d([1, 4]), fake: tf.tensor1d([3, 8]) };
  assertEquals(objective.discriminator(scores).dataSync()[0], 3); // 5.5 - 2.5
  assertEquals(objective.generator(scores.fake).dataSync()[0], -5.5);
  assertEquals(objective.mixes, true);
});
