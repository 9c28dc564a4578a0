/**
 * Softmax of scores of which a mask has hidden some.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";

/** Scores so far below the greatest of their row get a weight of 2e-35 at most. */
const FAR_BELOW = 80;

/** Weights below this become zero; it changes no greater one than 1e-22 in float32. */
const NOTHING = 1e-30;

/**
 * Softmax over the last axis, with weights of zero where scores are far below the greatest of their row.
 *
 * Softmax alone gives them weights of about 1e-39, and processors are many times slower with numbers below 1.2e-38.
 *
 * @param scores [..., source], with -1e9 added where a mask hides; a row whose scores are all hidden gets equal weights.
 * @returns Weights that sum to 1, [..., source].
 */
export function maskedSoftmax(scores: tf.Tensor): tf.Tensor {
  return withGradient([scores], {
    value: weightsOf,
    gradient: (dy, scores) => {
      const weights = weightsOf(scores!); // one in, one out
      const product = dy.mul(weights);
      return [product.sub(weights.mul(product.sum(-1, true)))];
    },
  });
}

function weightsOf(scores: tf.Tensor): tf.Tensor {
  const least = scores.max(-1, true).sub(FAR_BELOW);
  return tf.softmax(tf.maximum(scores, least)).sub(NOTHING).relu();
}
