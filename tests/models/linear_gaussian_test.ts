import { assertAlmostEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  linearGaussianMarginal,
  linearGaussianPosterior,
} from "../../models/distributions/linear_gaussian_posterior.ts";
import { createLinearGaussian } from "../../models/linear_gaussian.ts";
import { sampledElbo } from "../../models/objectives/elbo.ts";
import { logWeights } from "../../models/objectives/log_weights.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { drawWave, wave } from "../golden/waves.ts";

const model = { weight: [[1, 0.5], [0, 2], [-1, 1]], variance: 0.3 };
const observed = [0.4, -1.2, 0.7];

Deno.test("log p(x) is log p(x, z) - log p(z | x) for any z", () => {
  const posterior = linearGaussianPosterior(model, observed);
  const exact = linearGaussianMarginal(model).logProb(observed);
  for (const z of [[0, 0], [1.3, -0.4], [-2, 3]]) {
    const mean = model.weight.map((row) => row[0]! * z[0]! + row[1]! * z[1]!);
    const squares = (values: readonly number[]) =>
      values.reduce((sum, x) => sum + x * x, 0);
    const errors = observed.map((x, i) => x - mean[i]!);
    const logJoint = -squares(z) / 2 - Math.log(2 * Math.PI) -
      squares(errors) / (2 * 0.3) - 1.5 * Math.log(2 * Math.PI * 0.3);
    assertAlmostEquals(logJoint - posterior.logProb(z), exact, 1e-12); // numbers below 100
  }
});

Deno.test("linearGaussianPosterior() of one number and one latent, by hand", () => {
  // x = 2z + noise of variance 1: precision 1 + 4, mean 2x / 5
  const { mean, covariance } = linearGaussianPosterior(
    { weight: [[2]], variance: 1 },
    [3],
  );
  assertAlmostEquals(mean[0]!, 6 / 5, 1e-15);
  assertAlmostEquals(covariance[0]![0]!, 1 / 5, 1e-15);
});

Deno.test("exactElbo() is the mean of sampled bounds", () => {
  using linear = createLinearGaussian(4, 2, drawWave);
  const vectors = wave<tf.Rank.R2>([3, 4], 0.7, 1);
  const samples = 20_000;
  const noise = tf.tensor3d(normal(keyFrom(3), samples * 6), [samples, 3, 2]);
  const weights = logWeights(linear, vectors, noise);
  const mean = sampledElbo(weights).dataSync();
  const deviation = tf.moments(weights, 0).variance.sqrt().dataSync();
  linear.exactElbo(vectors).elbo.dataSync().forEach((exact, i) => {
    const error = Math.abs(mean[i]! - exact);
    assertLess(error, 4 * deviation[i]! / Math.sqrt(samples) + 1e-5); // float32
  });
});
