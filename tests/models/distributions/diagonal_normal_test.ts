import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import golden from "../../golden/distributions.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const normal = new DiagonalNormal(wave([3, 5], 0.2), wave([3, 5], 0.9));
const other = new DiagonalNormal(wave([3, 5], 1.9), wave([3, 5], 2.3));
const PER_TERM = 8; // roundings of one term of a density or divergence, at most
const roundings = 5 * PER_TERM;

Deno.test("DiagonalNormal.logProb() at the mean of unit variances is -log(2 pi) / 2 per number", () => {
  const unit = new DiagonalNormal(tf.ones([4]), tf.zeros([4]));
  const expected = -2 * Math.log(2 * Math.PI);
  assertClose(unit.logProb(tf.ones([4])), expected, { roundings: 8 });
});

Deno.test("DiagonalNormal.logProb() agrees with SciPy", () => {
  const logProb = normal.logProb(wave([3, 5], 2.7, 2));
  assertClose(logProb, golden.normalLogProb, { roundings });
});

Deno.test("DiagonalNormal.kl() agrees with PyTorch", () => {
  assertClose(normal.kl(other), golden.normalKl, { roundings });
  assertClose(normal.kl(new StandardNormal()), golden.normalKlToStandard, {
    roundings,
  });
});

Deno.test("DiagonalNormal.kl() to a standard normal equals that to zero means and unit variances", () => {
  const unit = new DiagonalNormal(tf.zeros([5]), tf.zeros([5]));
  const expected = normal.kl(unit).arraySync() as number[]; // rank 1
  assertClose(normal.kl(new StandardNormal()), expected, { roundings: 2 });
});

Deno.test("DiagonalNormal.kl() is zero to itself and positive to others", () => {
  assertEquals([...normal.kl(normal).dataSync()], [0, 0, 0]);
  for (const kl of normal.kl(other).dataSync()) assertEquals(kl > 0, true);
});

Deno.test("DiagonalNormal.kl() of a shift by one is half a nat per number", () => {
  const shifted = new DiagonalNormal(tf.ones([6]), tf.zeros([6]));
  assertEquals([...shifted.kl(new StandardNormal()).dataSync()], [3]);
});

Deno.test("DiagonalNormal.kl() is the expectation of the difference of log densities", () => {
  // Three-point Gauss-Hermite quadrature is exact for polynomials up to degree 5; the difference has degree 2.
  const root = Math.sqrt(3);
  const one = new DiagonalNormal(tf.tensor([[0.3]]), tf.tensor([[-0.5]]));
  const two = new DiagonalNormal(tf.tensor([[-0.2]]), tf.tensor([[0.4]]));
  const samples = one.sample(tf.tensor([[-root], [0], [root]]));
  const difference = one.logProb(samples).sub(two.logProb(samples));
  const expectation = difference.mul([1 / 6, 2 / 3, 1 / 6]).sum();
  assertClose(one.kl(two), [...expectation.dataSync()], { roundings: 30 });
});

Deno.test("DiagonalNormal.sample() moves and scales noise", () => {
  const samples = new DiagonalNormal(tf.tensor([1]), tf.tensor([Math.log(4)]))
    .sample(tf.tensor([[-1], [0], [2]]));
  assertClose(samples, [[-1], [1], [5]], { roundings: 4 });
});

Deno.test("DiagonalNormal.detach() keeps the density and stops gradients", () => {
  const values = wave<tf.Rank.R1>([5], 2);
  const mean = wave<tf.Rank.R1>([5], 1);
  const logProb = (mean: tf.Tensor) =>
    new DiagonalNormal(mean, tf.zeros([5])).detach().logProb(values);
  const attached = new DiagonalNormal(mean, tf.zeros([5])).logProb(values);
  assertEquals(logProb(mean).dataSync(), attached.dataSync());
  assertEquals([...tf.grad(logProb)(mean).dataSync()], [0, 0, 0, 0, 0]);
});
