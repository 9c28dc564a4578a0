/**
 * Independent binary numbers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";
import type { WithMean } from "./distribution.ts";

/** Factors of one product: at least 1/2 each, so that the product stays above 2^-126, the least normal float32. */
const GROUP = 126;

/** Shorter products would save little for the exactness near zero that they cost: each number has its own logarithm. */
const LEAST_GROUP = 16;

/** Independent binary numbers, each one with probability sigmoid(logit). */
export class Bernoulli implements WithMean {
  /** Log odds of a one, [..., event]. */
  readonly logits: tf.Tensor;

  /** From the log odds of a one, [..., event]. */
  constructor(logits: tf.Tensor) {
    this.logits = logits;
  }

  /** The probability of a one, [..., event]. */
  get mean(): tf.Tensor {
    return tf.sigmoid(this.logits);
  }

  /**
   * Log probability in nats, summed over the event.
   *
   * For x in {0, 1} and logits l of any size: x log p + (1 - x) log(1 - p) = x l - softplus(l)
   * = ((2 x - 1) l - |l|) / 2 + log sigmoid(|l|). One logarithm serves a product of many sigmoids, each in [1/2, 1]:
   * one that is off by at most three roundings (2^-24 each) and the rounding of its product move the logarithm by at
   * most 2^-22; what is left are sums of terms that are never positive. Events that are too short for products are
   * exact near zero as well. The gradient, x - p for the logits, is exact in either case.
   *
   * @param values Zeros and ones, [..., event], broadcast against the logits.
   * @returns [...], right to event * 2^-22 nats and the roundings of a sum.
   */
  logProb(values: tf.Tensor): tf.Tensor {
    return withGradient([this.logits, values], {
      value: logProb,
      gradient: (dy, logits, values) => {
        const each = dy.expandDims(-1);
        return [
          summedTo(logits.shape, values.sub(logits.sigmoid()).mul(each)),
          summedTo(values.shape, logits.mul(each)),
        ];
      },
    });
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

function logProb(logits: tf.Tensor, values: tf.Tensor): tf.Tensor {
  const size = logits.abs();
  const twice = values.mul(2).sub(1).mul(logits).sub(size).sum(-1);
  return twice.mul(0.5).add(sumOfLogSigmoid(size));
}

/** The sum of log sigmoid(x) over the last axis, for x >= 0. */
function sumOfLogSigmoid(x: tf.Tensor): tf.Tensor {
  const [...leading] = x.shape;
  const event = leading.pop()!; // of an event
  const group = greatestDivisor(event, GROUP);
  if (group < LEAST_GROUP) return tf.softplus(x.neg()).sum(-1).neg();
  return x.sigmoid().reshape([...leading, event / group, group])
    .prod(-1).log().sum(-1);
}

/** The greatest divisor of a number that is not above a limit. */
function greatestDivisor(whole: number, limit: number): number {
  let divisor = Math.max(1, Math.min(whole, limit));
  while (whole % divisor !== 0) divisor--;
  return divisor;
}

/** Sums over the axes along which a tensor of this shape was broadcast. */
function summedTo(shape: number[], gradient: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return gradient.sum(axes).reshape(shape);
}
