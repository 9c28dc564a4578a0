/**
 * What every distribution over vectors can do.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** A distribution over vectors, one for each item of a batch. */
export interface Distribution {
  /**
   * Log probability or log density of each vector, in nats.
   *
   * @param values [..., event], broadcast against the distribution's parameters.
   * @returns [...]
   */
  logProb(values: tf.Tensor): tf.Tensor;
}

/** A distribution with an expectation. */
export interface WithMean extends Distribution {
  /** The expectation of each vector, [..., event]. */
  readonly mean: tf.Tensor;
}

/** A distribution whose samples are differentiable in its parameters. */
export interface Reparameterized extends Distribution {
  /**
   * Turns noise into samples.
   *
   * @param noise [..., event], of the kind that the distribution names.
   * @returns [..., event]
   */
  sample(noise: tf.Tensor): tf.Tensor;
}

/** What importance samples are drawn from. */
export interface Proposal extends Reparameterized {
  /** Stops gradients at the parameters of the distribution. */
  detach(): Distribution;
}

/** An approximation to the posterior of a latent variable. */
export interface Posterior<Prior extends Distribution> extends Proposal {
  /** Kullback-Leibler divergence to the prior, KL(this || prior), in nats, [...]. */
  kl(prior: Prior): tf.Tensor;
}
