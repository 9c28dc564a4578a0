/**
 * The bounds of several samples, each with a choice of gradient.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { doublyReparameterizedBound } from "./doubly_reparameterized_bound.ts";
import { sampledElbo } from "./elbo.ts";
import { iwaeBound } from "./iwae_bound.ts";
import type { ImportanceModel } from "./latent_variable_model.ts";
import { logWeights } from "./log_weights.ts";
import { stickingTheLanding } from "./sticking_the_landing.ts";

/** `vae`: the mean of the log weights, the ELBO; `iwae`: the logarithm of their mean. */
export type BoundKind = "vae" | "iwae";

/** How the gradient of a bound is estimated; all have the same expectation for a bound that they fit. */
export type BoundGradient =
  | "standard"
  | "sticking-the-landing"
  | "doubly-reparameterized";

/** A bound with its gradient. */
export interface SampledBound {
  /** What is estimated. */
  readonly kind: BoundKind;
  /** How its gradient is: `sticking-the-landing` fits `vae`, `doubly-reparameterized` fits `iwae`. */
  readonly gradient: BoundGradient;
}

/**
 * Refuses a gradient that does not fit its bound.
 *
 * Without the score of q, the gradient of a bound of several samples is biased (Tucker et al. 2019, section 4); the
 * doubly reparameterized one of a mean of log weights would be that of sticking the landing.
 *
 * @throws {RangeError} If the gradient does not fit.
 */
export function expectFitting({ kind, gradient }: SampledBound): void {
  const fitting = kind === "vae"
    ? "sticking-the-landing"
    : "doubly-reparameterized";
  if (gradient === "standard" || gradient === fitting) return;
  throw new RangeError(
    `Expected the gradient standard or ${fitting} for the objective ${kind} but found ${gradient}`,
  );
}

/**
 * The bound of each image, in nats, [batch].
 *
 * @param model The model.
 * @param images [batch, pixel]
 * @param noise Standard normal, [importance sample, batch, latent].
 * @param bound What is estimated, and how its gradient is.
 * @throws {RangeError} If the gradient does not fit the bound.
 */
export function sampledBound(
  model: ImportanceModel,
  images: tf.Tensor2D,
  noise: tf.Tensor3D,
  bound: SampledBound,
): tf.Tensor1D {
  expectFitting(bound);
  const { kind, gradient } = bound;
  if (gradient === "doubly-reparameterized") {
    return doublyReparameterizedBound(model, images, noise);
  }
  const weigh = gradient === "standard" ? logWeights : stickingTheLanding;
  const weights = weigh(model, images, noise);
  return kind === "vae" ? sampledElbo(weights) : iwaeBound(weights);
}
