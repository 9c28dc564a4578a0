/**
 * Independent binary numbers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { WithMean } from "./distribution.ts";

/** Factors of one product: at least 1/2 each, so that the product stays above 2^-126, the least normal float32. */
const GROUP = 126;

/** Independent binary numbers, each one with probability sigmoid(logit). */
export class Bernoulli implements WithMean {
  /** From the log odds of a one, [..., event]. */
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
   * The same in fewer passes, for long events that need no exactness near zero: right to event * 2^-22 nats.
   *
   * With w the log odds against the value, log p = -softplus(w) = log sigmoid(|w|) - max(w, 0), and one logarithm
   * serves a product of many sigmoids, each in [1/2, 1]. A sigmoid that is off by at most three roundings (2^-24 each)
   * and the rounding of its product move the logarithm by at most 2^-22; what is left are sums of negative terms.
   *
   * @param values Zeros and ones, [..., event], broadcast against the logits.
   * @returns [...]
   */
  logProbInGroups(values: tf.Tensor): tf.Tensor {
    const { logits } = this;
    const against = logits.mul(values.mul(-2).add(1));
    return sumOfLogs(logits.abs().sigmoid()).sub(against.relu().sum(-1));
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

/** The sum of the logarithms of numbers in [1/2, 1], over the last axis. */
function sumOfLogs(factors: tf.Tensor): tf.Tensor {
  const [...leading] = factors.shape;
  const event = leading.pop()!; // of an event
  const group = greatestDivisor(event, GROUP);
  return factors.reshape([...leading, event / group, group])
    .prod(-1).log().sum(-1);
}

function greatestDivisor(whole: number, limit: number): number {
  let divisor = Math.max(1, Math.min(whole, limit));
  while (whole % divisor !== 0) divisor--;
  return divisor;
}
