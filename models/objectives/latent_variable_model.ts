/**
 * What the objectives know of a model.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type {
  Distribution,
  Posterior,
  Proposal,
} from "../distributions/distribution.ts";
import type { StandardNormal } from "../distributions/standard_normal.ts";

/** A model p(x | z) p(z) of images x with latents z, and a q(z | x) to draw importance samples from. */
export interface ImportanceModel {
  /** p(z) */
  readonly prior: Distribution;
  /**
   * q(z | x)
   *
   * @param images [batch, pixel]
   * @returns A distribution over [batch, latent].
   */
  encode(images: tf.Tensor2D): Proposal;
  /**
   * p(x | z)
   *
   * @param latents [..., latent]
   * @returns A distribution over [..., pixel].
   */
  decode(latents: tf.Tensor): Distribution;
}

/** An importance model whose approximate posterior has a divergence to the prior in closed form. */
export interface LatentVariableModel<
  Prior extends Distribution = Distribution,
> extends ImportanceModel {
  /** p(z) */
  readonly prior: Prior;
  /**
   * q(z | x)
   *
   * @param images [batch, pixel]
   * @returns A distribution over [batch, latent].
   */
  encode(images: tf.Tensor2D): Posterior<Prior>;
}

/** A model, for a batch of images: the same for every batch, unless its decoder sees them too. */
export type ModelOf = (
  images: tf.Tensor2D,
) => LatentVariableModel<StandardNormal>;
