/**
 * The gradient of a normalization by given means and variances.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf, sumTo } from "./gradient.ts";

/** Gradient of (x - mean) / sqrt(variance + epsilon) scale + offset; tfjs fails without scale. */
export const batchNorm: tf.GradConfig = gradientOf<tf.FusedBatchNormAttrs>(
  "FusedBatchNorm",
  { inputs: ["x", "mean", "variance", "scale"] },
  (dy, [x, mean, variance, scale], { varianceEpsilon }) => {
    const centred = () => tf.sub(x!, mean!);
    const reciprocal = () => tf.rsqrt(tf.add(variance!, varianceEpsilon));
    const scaled = () => scale ? tf.mul(dy, scale) : dy; // it may be left out
    const slope = () => tf.mul(scaled(), reciprocal());
    return {
      x: slope,
      mean: () => sumTo(tf.neg(slope()), mean!.shape),
      variance: () => {
        const cube = tf.mul(reciprocal(), tf.square(reciprocal()));
        const product = tf.mul(tf.mul(scaled(), centred()), cube);
        return sumTo(tf.mul(product, -0.5), variance!.shape);
      },
      scale: () =>
        sumTo(tf.mul(dy, tf.mul(centred(), reciprocal())), mean!.shape),
      offset: () => sumTo(dy, mean!.shape),
    };
  },
);
