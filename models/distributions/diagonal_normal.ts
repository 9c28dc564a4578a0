/**
 * Independent normal numbers.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { stopGradient } from "../gradients/stop_gradient.ts";
import type { Posterior, WithMean } from "./distribution.ts";
import { StandardNormal } from "./standard_normal.ts";

const LOG_2_PI = Math.log(2 * Math.PI);

/** Independent normal numbers, each with its own mean and variance. */
export class DiagonalNormal
  implements WithMean, Posterior<DiagonalNormal | StandardNormal> {
  /** Expectation of each number, [..., event]. */
  readonly mean: tf.Tensor;
  /** Logarithm of each number's variance, [..., event]. */
  readonly logVariance: tf.Tensor;

  /**
   * From the mean and the variance of each number.
   *
   * @param mean [..., event]
   * @param logVariance Logarithm of the variance, [..., event].
   */
  constructor(mean: tf.Tensor, logVariance: tf.Tensor) {
    this.mean = mean;
    this.logVariance = logVariance;
  }

  /**
   * Moves and scales standard normal noise: z = mean + sqrt(variance) noise.
   *
   * Source: Kingma & Welling 2014, section 2.4.
   *
   * @param noise Standard normal, [..., event], broadcast against the parameters.
   * @returns [..., event]
   */
  sample(noise: tf.Tensor): tf.Tensor {
    const standardDeviation = this.logVariance.mul(0.5).exp();
    return standardDeviation.mul(noise).add(this.mean);
  }

  /**
   * Log density in nats, summed over the event: -((x - mean)^2 / variance + log variance + log 2 pi) / 2.
   *
   * @param values [..., event], broadcast against the parameters.
   * @returns [...]
   */
  logProb(values: tf.Tensor): tf.Tensor {
    const { mean, logVariance } = this;
    const precision = logVariance.neg().exp();
    return values.sub(mean).square().mul(precision)
      .add(logVariance.add(LOG_2_PI))
      .sum(-1)
      .mul(-0.5);
  }

  /**
   * KL(this || other) in nats, summed over the event; zero where both are equal.
   *
   * Per number: (variance / variance' + (mean - mean')^2 / variance' - 1 - log(variance / variance')) / 2.
   * To a standard normal this is Kingma & Welling 2014, appendix B, with its sign turned.
   *
   * @param other The second argument of the divergence.
   * @returns [...]
   */
  kl(other: DiagonalNormal | StandardNormal): tf.Tensor {
    const { mean, logVariance } = this;
    if (other instanceof StandardNormal) {
      return divergence(logVariance, mean.square());
    }
    const logRatio = logVariance.sub(other.logVariance);
    const precision = other.logVariance.neg().exp();
    return divergence(logRatio, mean.sub(other.mean).square().mul(precision));
  }

  /** Stops gradients at the parameters of the distribution. */
  detach(): DiagonalNormal {
    return new DiagonalNormal(
      stopGradient(this.mean),
      stopGradient(this.logVariance),
    );
  }
}

/** The sum over the event of (ratio + distance - 1 - log ratio) / 2. */
function divergence(logRatio: tf.Tensor, distance: tf.Tensor): tf.Tensor {
  return logRatio.exp().add(distance).sub(logRatio).sub(1).sum(-1).mul(0.5);
}
