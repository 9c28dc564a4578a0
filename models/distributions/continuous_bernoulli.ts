/**
 * Independent numbers in [0, 1], such as grey values.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";
import type { WithMean } from "./distribution.ts";

/** Below this |logit| the closed forms cancel, and their series in the squared logit (radius pi^2) are used. */
const SERIES_BELOW = 1;

/** Flatter than this, samples lose their digits; the density changes by less than this from end to end. */
const LEAST_SLOPE = 1e-3;

/** log(l / tanh(l / 2)) = log 2 + l^2 / 12 - 7 l^4 / 1440 + ...; the next term is below 3e-7 for |l| < 1. */
const LOG_NORMALIZER_SERIES = [
  Math.LN2,
  1 / 12,
  -7 / 1440,
  31 / 90720,
  -127 / 4838400,
  73 / 34214400,
] as const;

/** (coth(l / 2) - 2 / l) / (2 l) = 1 / 12 - l^2 / 720 + ...; the next term is below 6e-10 for |l| < 1. */
const MEAN_SERIES = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
] as const;

/**
 * Independent numbers in [0, 1] with density C p^x (1 - p)^(1 - x), where p = sigmoid(logit).
 *
 * Source: Loaiza-Ganem & Cunningham 2019, eq. 5 to 8.
 */
export class ContinuousBernoulli implements WithMean {
  /** Log odds of p, [..., event]. */
  readonly logits: tf.Tensor;

  /** From the log odds of p, [..., event]. */
  constructor(logits: tf.Tensor) {
    this.logits = logits;
  }

  /**
   * The expectation, [..., event]: p / (2 p - 1) + 1 / (2 artanh(1 - 2 p)) = 1/2 + coth(l / 2) / 2 - 1 / l.
   *
   * Source: Loaiza-Ganem & Cunningham 2019, eq. 8.
   */
  get mean(): tf.Tensor {
    const { isSmall, small, large } = splitBySize(this.logits);
    const nearHalf = small.mul(polynomial(small.square(), MEAN_SERIES));
    const beyond = tf.tanh(large.div(2)).mul(2).reciprocal()
      .sub(large.reciprocal());
    return tf.where(isSmall, nearHalf, beyond).add(0.5);
  }

  /**
   * Logarithm of the constant C of each number, [..., event]: log(l / tanh(l / 2)), log 2 at l = 0.
   *
   * Its derivative is p - mean, as the mean score of an exponential family is zero.
   */
  logNormalizer(): tf.Tensor {
    return withGradient([this.logits], {
      value: logNormalizer,
      gradient: (dy, logits) => {
        const { mean } = new ContinuousBernoulli(logits);
        return [tf.sigmoid(logits).sub(mean).mul(dy)];
      },
    });
  }

  /**
   * Draws numbers by the inverse of the distribution function; no gradient is meant to pass through them.
   *
   * F(x) = (exp(l x) - 1) / (exp(l) - 1). For l > 0 the number is 1 less that for -l, which does not overflow.
   *
   * @param noise Uniform in [0, 1), [..., event].
   * @returns [..., event]
   */
  sample(noise: tf.Tensor): tf.Tensor {
    const { logits } = this;
    const slope = logits.abs().maximum(LEAST_SLOPE).neg();
    const below = noise.mul(slope.exp().sub(1)).add(1).log().div(slope);
    return tf.where(logits.greater(0), tf.sub(1, below), below);
  }

  /**
   * Log density in nats, summed over the event: x l - softplus(l) + log C.
   *
   * @param values In [0, 1], [..., event], broadcast against the logits.
   * @returns [...]
   */
  logProb(values: tf.Tensor): tf.Tensor {
    const { logits } = this;
    return values.mul(logits)
      .add(this.logNormalizer().sub(tf.softplus(logits)))
      .sum(-1);
  }
}

function logNormalizer(logits: tf.Tensor): tf.Tensor {
  const { isSmall, small, large } = splitBySize(logits);
  const nearHalf = polynomial(small.square(), LOG_NORMALIZER_SERIES);
  const beyond = tf.log(large.div(tf.tanh(large.div(2))));
  return tf.where(isSmall, nearHalf, beyond);
}

/** Both branches get logits they can handle, so that neither gives a NaN or an infinite gradient. */
function splitBySize(
  logits: tf.Tensor,
): { isSmall: tf.Tensor; small: tf.Tensor; large: tf.Tensor } {
  const isSmall = tf.step(tf.sub(SERIES_BELOW, tf.abs(logits))).cast("bool"); // comparisons have no gradient, not even 0
  return {
    isSmall,
    small: tf.where(isSmall, logits, tf.zerosLike(logits)),
    large: tf.where(isSmall, tf.onesLike(logits), logits),
  };
}

/** Horner's rule: c0 + c1 x + c2 x^2 + ... */
function polynomial(x: tf.Tensor, coefficients: readonly number[]): tf.Tensor {
  return coefficients.reduceRight<tf.Tensor>(
    (sum, coefficient) => sum.mul(x).add(coefficient),
    tf.zerosLike(x),
  );
}
