import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  gradientPenalty,
} from "../../models/adversarial/gradient_penalties.ts";
import { attend } from "../../models/attention/attend.ts";
import { temperatures } from "../../models/estimators/temperatures.ts";
import { actNorm } from "../../models/flows/act_norm.ts";
import { activate } from "../../models/layers/activation.ts";
import { layerNorm } from "../../models/layers/layer_norm.ts";
import { causalMask, paddingMask } from "../../models/layers/mask.ts";
import {
  batchNorm,
  moveStatistics,
  normalizeBy,
} from "../../models/normalization/batch_norm.ts";
import { spectralNorm } from "../../models/normalization/spectral_norm.ts";
import { adagrad } from "../../models/optimizers/adagrad.ts";
import { adam, adamW } from "../../models/optimizers/adam.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import { groupNorm } from "../../models/unet/group_norm.ts";

/** Numbers of mean 0 whose mean square is what a norm adds to it: they become 1 / sqrt 2. */
function halved(epsilon: number): readonly number[] {
  const root = Math.sqrt(epsilon);
  return [root, -root, root, -root];
}

function assertAll(found: tf.Tensor, size: number): void {
  found.dataSync().forEach((value) =>
    assertAlmostEquals(Math.abs(value), size, 1e-4 * size)
  );
}

const half = Math.SQRT1_2;
const row = (numbers: readonly number[]) => tf.tensor2d([[...numbers]]);
const plain = (width: number) => ({
  scale: tf.ones([width]),
  shift: tf.zeros([width]),
});

Deno.test("norms add 1e-5 to a variance", () => {
  const numbers = halved(1e-5);
  assertAll(layerNorm(row(numbers), plain(4)), half);
  const column = row(numbers).transpose();
  assertAll(batchNorm(column, plain(1)), half);
  const statistics = { mean: tf.zeros([1]), variance: tf.tensor1d([1e-5]) };
  assertAll(normalizeBy(column, plain(1), statistics), half);
  const image = tf.tensor4d([...numbers], [1, 2, 1, 2]);
  assertAll(groupNorm(image, plain(2), { groups: 1 }), half);
  const own = { groups: 1, epsilon: 3e-5 };
  assertAll(groupNorm(image, plain(2), own), 0.5);
});

Deno.test("moving statistics keep nine tenths", () => {
  const of = (mean: number, variance: number) => ({
    mean: tf.tensor1d([mean]),
    variance: tf.tensor1d([variance]),
  });
  const moved = moveStatistics(of(1, 2), of(11, 22));
  assertAll(moved.mean, 2);
  assertAll(moved.variance, 4);
});

Deno.test("an activation normalization adds 1e-6 to the deviation that it starts with", () => {
  const [shift, logScale] = [0, 1].map(() => tf.variable(tf.zeros([1])));
  const started = actNorm({ shift: shift!, logScale: logScale! })
    .start!(tf.tensor2d([[1e-6], [-1e-6]]));
  assertAll(started, 0.5);
});

Deno.test("a vector of nothing is normalized to nothing by a spectral norm", () => {
  // of length 5e-13 each: divided by 1e-12, not by itself
  const weight = tf.tensor2d([[5e-13, 0], [0, 0]]);
  const { left } = spectralNorm(weight, tf.tensor1d([1, 0]));
  // right = 5e-13 / 1e-12, and left = 5e-13 * 0.5 / 1e-12
  assertAlmostEquals(left.dataSync()[0]!, 0.25, 1e-4);
});

Deno.test("a gradient penalty of a flat critic is that of a slope of 1e-6", () => {
  const x = tf.zeros<tf.Rank.R2>([3, 2]);
  const mix = tf.fill<tf.Rank.R2>([3, 1], 0.5);
  const penaltyOf = (critic: (x: tf.Tensor2D) => tf.Tensor) =>
    gradientPenalty(critic, x, x, mix).dataSync()[0]!;
  const flat = penaltyOf((x) => x.sum(1).mul(0));
  assertAlmostEquals(flat, (1e-6 - 1) ** 2, 5e-7);
  assertAlmostEquals(penaltyOf((x) => x.sum(1).mul(3)), 10.5147, 1e-3); // (3 sqrt 2 - 1)^2
});

Deno.test("what is hidden from attention is 1e9 below", () => {
  assertEquals([...causalMask(3).dataSync()], [
    ...[0, -1e9, -1e9],
    ...[0, 0, -1e9],
    ...[0, 0, 0],
  ]);
  const isToken = tf.tensor2d([[1, 0], [1, 1]]);
  const mask = paddingMask(isToken);
  assertEquals(mask.shape, [2, 1, 1, 2]);
  assertEquals([...mask.dataSync()].map(Math.abs), [0, 1e9, 0, 0]);
  assertEquals(mask.dataSync()[1], -1e9);
  const scores = tf.tensor3d([[[0, 5e8]], [[0, 1e3]]]);
  const { weights } = attend(scores, isToken, tf.zeros([2, 2, 3]));
  assertEquals([...weights.dataSync()], [1, 0, 0, 1]);
});

Deno.test("a leaky rectifier keeps a fifth below 0, and its gradient, too", () => {
  const x = tf.tensor1d([-2, 3]);
  const leaky = (x: tf.Tensor) => activate("leaky-relu", x);
  assertAll(leaky(x).div([0.4, 3]), 1);
  assertAll(tf.grad(leaky)(x).div([0.2, 1]), 1);
});

Deno.test("temperatures rise with the fourth power", () => {
  assertEquals([...temperatures(2)], [0, 1 / 16, 1]);
  assertEquals([...temperatures(4)], [0, 1 / 256, 1 / 16, 81 / 256, 1]);
});

/** How far the first update of a variable goes at a learning rate of 1. */
function firstUpdate(
  make: (variables: { readonly x: tf.Variable }) => Optimizer,
  gradient: number,
  from = 0,
): number {
  const x = tf.variable(tf.tensor([from]));
  using optimizer = make({ x });
  optimizer.apply({ x: tf.tensor([gradient]) }, tf.scalar(1));
  const [found = NaN] = x.dataSync();
  x.dispose();
  return found - from;
}

Deno.test("an optimizer goes half as far where a gradient is as small as its epsilon", () => {
  assertAlmostEquals(firstUpdate((x) => adam(x), 1e-8), -0.5, 1e-4);
  assertAlmostEquals(firstUpdate((x) => adamW(x), 1e-8), -0.5, 1e-4);
  assertAlmostEquals(
    firstUpdate((x) => adam(x, { epsilon: 3e-8 }), 1e-8),
    -0.25,
    1e-4,
  );
  assertAlmostEquals(firstUpdate((x) => adagrad(x), 1e-10), -0.5, 1e-4);
  assertAlmostEquals(
    firstUpdate((x) => adagrad(x, { epsilon: 3e-10 }), 1e-10),
    -0.25,
    1e-4,
  );
});

Deno.test("adamW() takes a hundredth of a parameter away by default, of all parameters", () => {
  assertAlmostEquals(firstUpdate((x) => adamW(x), 0, 2), -0.02, 1e-6);
});

Deno.test("an optimizer keeps parameters of less than 32,768 numbers in one vector", () => {
  const made = (size: number) => tf.variable(tf.zeros([size]));
  const variables = { a: made(32_767), b: made(32_768), c: made(2) };
  using optimizer = adam(variables);
  assertEquals(optimizer.slots["firstMoment"]!.shape, [32_769]);
  assert("firstMoment/b" in optimizer.slots);
  Object.values(variables).forEach((one) => one.dispose());
});
