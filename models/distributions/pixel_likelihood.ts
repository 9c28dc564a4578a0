/**
 * Distributions of pixels, each from the outputs of the same decoder.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./bernoulli.ts";
import { ContinuousBernoulli } from "./continuous_bernoulli.ts";
import { DiagonalNormal } from "./diagonal_normal.ts";
import type { WithMean } from "./distribution.ts";

/** How pixels are distributed, by name. */
export type PixelLikelihood = "bernoulli" | "continuous-bernoulli" | "normal";

/**
 * Makes a distribution of pixels.
 *
 * @param likelihood Which one.
 * @param logits What a decoder gives, [..., pixel]; the mean of normal pixels is their sigmoid.
 * @param logVariance Of normal pixels, broadcast against the logits; 0 unless given.
 */
export function pixelDistribution(
  likelihood: PixelLikelihood,
  logits: tf.Tensor,
  logVariance: tf.Tensor = tf.scalar(0),
): WithMean {
  switch (likelihood) {
    case "bernoulli":
      return new Bernoulli(logits);
    case "continuous-bernoulli":
      return new ContinuousBernoulli(logits);
    case "normal": {
      const mean = tf.sigmoid(logits);
      return new DiagonalNormal(mean, logVariance.add(tf.zerosLike(mean)));
    }
  }
}

/**
 * Draws pixels; no gradient is meant to pass through them.
 *
 * @param pixels Their distribution.
 * @param noise Standard normal for normal pixels, else uniform in [0, 1), [..., pixel].
 * @returns [..., pixel]
 * @throws {TypeError} If the distribution is none of {@linkcode pixelDistribution}.
 */
export function samplePixels(pixels: WithMean, noise: tf.Tensor): tf.Tensor {
  const isKnown = pixels instanceof Bernoulli ||
    pixels instanceof ContinuousBernoulli || pixels instanceof DiagonalNormal;
  if (isKnown) return pixels.sample(noise);
  throw new TypeError("Expected pixels of a known distribution");
}

/**
 * Logarithm of what the exponential of `logProb` integrates to over images with all pixels in [0, 1], in nats.
 *
 * It is 0 for a density of such images. Bernoulli probabilities, read as densities, lack the constant of the continuous
 * Bernoulli (Loaiza-Ganem & Cunningham 2019, section 3); a normal leaves part of its mass outside.
 *
 * @param pixels The distribution.
 * @returns [...]
 * @throws {TypeError} If the distribution is none of {@linkcode pixelDistribution}.
 */
export function logMassOfImages(pixels: WithMean): tf.Tensor {
  if (pixels instanceof Bernoulli) {
    const { logits } = pixels;
    return new ContinuousBernoulli(logits).logNormalizer().sum(-1).neg();
  }
  if (pixels instanceof ContinuousBernoulli) {
    return tf.zerosLike(pixels.logits).sum(-1);
  }
  if (pixels instanceof DiagonalNormal) {
    const { mean, logVariance } = pixels;
    const scale = logVariance.mul(-0.5).exp().mul(Math.SQRT1_2);
    const above = tf.erf(tf.sub(1, mean).mul(scale));
    return above.add(tf.erf(mean.mul(scale))).mul(0.5).log().sum(-1);
  }
  throw new TypeError("Expected pixels of a known distribution");
}
