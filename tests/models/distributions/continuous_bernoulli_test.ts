import * as tf from "@tensorflow/tfjs";
import { ContinuousBernoulli } from "../../../models/distributions/continuous_bernoulli.ts";
import golden from "../../golden/distributions.json" with { type: "json" };
import { assertClose } from "../assert_close.ts";

const logits = [-30, -6, -1.01, -0.99, -0.3, -0.02, 0.01, 0.5, 2, 12];
const grey = logits.map((_, i) => 0.05 + 0.1 * i);
const distribution = new ContinuousBernoulli(tf.tensor(logits, [10, 1]));

Deno.test("ContinuousBernoulli of zero logits is uniform", () => {
  const uniform = new ContinuousBernoulli(tf.zeros([3, 1]));
  const logProb = uniform.logProb(tf.tensor([[0], [0.3], [1]]));
  assertClose(logProb, [0, 0, 0], { roundings: 2 });
  assertClose(uniform.mean, [0.5, 0.5, 0.5], { roundings: 0 });
});

Deno.test("ContinuousBernoulli agrees with PyTorch on either side of its series", () => {
  const logProb = distribution.logProb(tf.tensor(grey, [10, 1]));
  // eight roundings, and 3e-7 (5 roundings) of the cut series
  assertClose(logProb, golden.continuousBernoulliLogProb, { roundings: 13 });
  // near |l| = 1 the closed form is a difference of numbers of size 1.1
  assertClose(distribution.mean, golden.continuousBernoulliMean, {
    roundings: 6,
  });
});

Deno.test("ContinuousBernoulli.logProb() has PyTorch's gradient", () => {
  const logProb = (logits: tf.Tensor) =>
    new ContinuousBernoulli(logits).logProb(tf.tensor(grey, [10, 1]));
  const gradient = tf.grad(logProb)(distribution.logits);
  // value - mean, through two sigmoids
  assertClose(gradient, golden.continuousBernoulliGradient, { roundings: 10 });
});

Deno.test("ContinuousBernoulli.mean has a finite gradient on either side of its series", () => {
  const mean = (logits: tf.Tensor) => new ContinuousBernoulli(logits).mean;
  const gradient = tf.grad(mean)(tf.tensor([0, 1 - 2 ** -20, 1 + 2 ** -20]));
  // The variance: 1 / 12 at zero; 1 / l^2 - 1 / (4 sinh(l / 2)^2) in general.
  const variance = 1 - 1 / (4 * Math.sinh(0.5) ** 2); // at one
  // 2^-20 away it differs by less than 2^-20 / 60; at one the closed form is a difference of numbers of size one
  assertClose(gradient, [1 / 12, variance, variance], { roundings: 8 });
});

Deno.test("ContinuousBernoulli integrates to one", () => {
  const nodes = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
  const density = (logit: number) =>
    new ContinuousBernoulli(tf.fill([1000, 1], logit))
      .logProb(tf.tensor(nodes, [1000, 1])).exp().mean().dataSync();
  for (const logit of [-3, -0.9, 0.1, 1.1]) {
    // midpoint rule: error (3 / 1000)^2 / 24 of the integral at most, 4e-7 (7 roundings); the rest as above
    assertClose(density(logit), 1, { roundings: 30 });
  }
});

Deno.test("both series of ContinuousBernoulli end where float32 does", () => {
  const logits = [-0.999, -0.8, -0.5, 0.3, 0.6, 0.9, 0.999];
  const distribution = new ContinuousBernoulli(tf.tensor1d(logits));
  const mean = logits.map((l) => 0.5 + 1 / Math.tanh(l / 2) / 2 - 1 / l);
  assertClose(distribution.mean, mean, { roundings: 2 });
  const normalizer = logits.map((l) => Math.log(l / Math.tanh(l / 2)));
  assertClose(distribution.logNormalizer(), normalizer, { roundings: 4 });
});
