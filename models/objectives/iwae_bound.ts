/**
 * The importance weighted bound.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";

/**
 * Importance weighted lower bound of each image's log-likelihood, in nats: log of the mean weight.
 *
 * With one importance sample it is the sampled ELBO; with more it grows, in expectation, towards log p(x).
 * Source: Burda et al. 2016, eq. 8; its gradient weighs each sample by its normalized weight, eq. 13.
 *
 * @param logWeights [importance sample, batch]
 * @returns [batch]
 */
export function iwaeBound(logWeights: tf.Tensor2D): tf.Tensor1D {
  return withGradient([logWeights], {
    value: logMeanExp,
    gradient: (dy, logWeights) => [normalized(logWeights).mul(dy)],
  }).as1D();
}

/**
 * Importance weights of each image, scaled to sum to one over the samples.
 *
 * Source: Burda et al. 2016, eq. 14.
 *
 * @param logWeights [importance sample, batch]
 * @returns [importance sample, batch]
 */
export function normalizedWeights(logWeights: tf.Tensor2D): tf.Tensor2D {
  return normalized(logWeights).as2D(...logWeights.shape);
}

function normalized(logWeights: tf.Tensor): tf.Tensor {
  const importanceSamples = logWeights.shape[0]!; // a matrix
  return logWeights.sub(logMeanExp(logWeights)).exp().div(importanceSamples);
}

function logMeanExp(logWeights: tf.Tensor): tf.Tensor {
  const greatest = logWeights.max(0); // [batch]
  return logWeights.sub(greatest).exp().mean(0).log().add(greatest);
}
