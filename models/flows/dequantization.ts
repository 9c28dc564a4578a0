/**
 * Whole numbers made continuous, so that a density model can bound their probability.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { StandardNormal } from "../distributions/standard_normal.ts";
import { type Bijector, forEachItem, sumOfEach } from "./bijector.ts";

/** Grey levels of a pixel. */
export const LEVELS = 256;

/** Images as numbers from 0 to 1, with the density of what was added. */
export interface Dequantized {
  /** (x + u) / 256, [batch, pixel]. */
  readonly value: tf.Tensor2D;
  /** log q(u | x) of each image in nats, [batch]. */
  readonly logDensity: tf.Tensor;
}

/** A way to add numbers u from 0 to 1 to whole numbers x from 0 to 255. */
export interface Dequantization {
  /** What the noise must be. */
  readonly noise: "uniform" | "normal";
  /** Images 0 ... 255 [batch, pixel], noise [batch, pixel]. */
  readonly apply: (images: tf.Tensor2D, noise: tf.Tensor2D) => Dequantized;
}

/**
 * Adds uniform noise, whose log density is 0.
 *
 * Source: Theis et al. 2016, section 3.1.
 */
export const uniformDequantization: Dequantization = {
  noise: "uniform",
  apply: (images, noise) => ({
    value: images.add(noise).div(LEVELS),
    logDensity: forEachItem(tf.scalar(0), images),
  }),
};

/**
 * Adds what a second flow, which sees the image, makes of normal noise: u = sigmoid(flow(noise)).
 *
 * log q(u | x) = log N(noise) - log |det dflow/dnoise| - sum log sigmoid'.
 *
 * Source: Ho et al. 2019 (Flow++), section 3.1.
 *
 * @param flowOf The flow for a batch of images from -1 to 1; both have [batch, pixel].
 */
export function variationalDequantization(
  flowOf: (images: tf.Tensor2D) => Bijector,
): Dequantization {
  const base = new StandardNormal();
  return {
    noise: "normal",
    apply: (images, noise) => {
      const seen: tf.Tensor2D = images.div(127.5).sub(1);
      const { value: v, logDet } = flowOf(seen).forward(noise);
      const logSlope = tf.softplus(v).add(tf.softplus(v.neg())).neg(); // sigmoid' = sigmoid(v) sigmoid(-v)
      return {
        value: images.add(v.sigmoid()).div(LEVELS),
        logDensity: base.logProb(noise).sub(logDet).sub(sumOfEach(logSlope)),
      };
    },
  };
}

/**
 * A bound of the log probability of images of whole numbers, in nats, [batch].
 *
 * log P(x) >= E_q [log p(y) - D log 256 - log q(u | x)] with y = (x + u) / 256.
 *
 * Source: Theis et al. 2016, section 3.1, for uniform noise; Ho et al. 2019 (Flow++), section 3.1, for any.
 *
 * @param images 0 ... 255, [batch, pixel].
 * @param noise [batch, pixel], of the kind that the dequantization names.
 * @param dequantization How they are made continuous.
 * @param logDensity log p of y in [0, 1], [batch, pixel] to [batch].
 */
export function dequantizedBound(
  images: tf.Tensor2D,
  noise: tf.Tensor2D,
  dequantization: Dequantization,
  logDensity: (values: tf.Tensor) => tf.Tensor,
): tf.Tensor1D {
  const { value, logDensity: ofNoise } = dequantization.apply(images, noise);
  const constant = images.shape[1] * Math.log(LEVELS);
  return logDensity(value).sub(ofNoise).sub(constant).as1D();
}
