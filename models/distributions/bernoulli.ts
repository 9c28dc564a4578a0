/**
 * Independent binary numbers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { WithMean } from "./distribution.ts";

/** Independent binary numbers, each one with probability sigmoid(logit). */
export class Bernoulli implements WithMean {
  /** @param logits Log odds of a one, [..., event]. */
  constructor(readonly logits: tf.Tensor) {}

  /** The probability of a one, [..., event]. */
  get mean(): tf.Tensor {
    return tf.sigmoid(this.logits);
  }

  /**
   * Log probability in nats, summed over the event.
   *
   * For x in {0, 1}: x log p + (1 - x) log(1 - p) = x logit - softplus(logit), exact for logits of any size.
   *
   * @param values Zeros and ones, [..., event], broadcast against the logits.
   * @returns [...]
   */
  logProb(values: tf.Tensor): tf.Tensor {
    const { logits } = this;
    return values.mul(logits).sub(tf.softplus(logits)).sum(-1);
  }

  /**
   * Draws binary numbers; no gradient passes through them.
   *
   * @param noise Uniform in [0, 1), [..., event].
   * @returns Zeros and ones, [..., event].
   */
  sample(noise: tf.Tensor): tf.Tensor {
    return noise.less(this.mean).cast("float32");
  }
}
