/**
 * One of several classes.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Distribution } from "./distribution.ts";

/** One class out of several, with probabilities softmax(logits). */
export class Categorical implements Distribution {
  /** Log probabilities up to a constant, [..., class]. */
  readonly logits: tf.Tensor;

  /** From log probabilities up to a constant, [..., class]. */
  constructor(logits: tf.Tensor) {
    this.logits = logits;
  }

  /** The probability of each class, [..., class]. */
  get probabilities(): tf.Tensor {
    return tf.softmax(this.logits);
  }

  /**
   * Log probability of a class, in nats.
   *
   * @param values Class indices, int32, [...].
   * @returns [...]
   */
  logProb(values: tf.Tensor): tf.Tensor {
    const classes = this.logits.shape.at(-1)!; // a tensor of classes has an axis
    const isValue = tf.oneHot(values, classes);
    return tf.logSoftmax(this.logits).mul(isValue).sum(-1);
  }

  /** Entropy of the class, in nats, [...]. */
  entropy(): tf.Tensor {
    const logProbs = tf.logSoftmax(this.logits);
    return logProbs.exp().mul(logProbs).sum(-1).neg();
  }

  /**
   * Draws classes by inversion: the first class whose cumulated probability exceeds the noise.
   *
   * @param noise Uniform in [0, 1), [...].
   * @returns Class indices, int32, [...].
   */
  sample(noise: tf.Tensor): tf.Tensor {
    const axis = this.logits.rank - 1; // cumsum takes no negative axis
    const cumulated = tf.cumsum(this.probabilities, axis);
    const last = this.logits.shape[axis]! - 1; // a tensor of classes has an axis
    const total = tf.gather(cumulated, [last], axis); // [..., 1]: one, but for rounding
    const threshold = noise.expandDims(-1).mul(total);
    return cumulated.lessEqual(threshold).cast("int32").sum(-1);
  }
}
