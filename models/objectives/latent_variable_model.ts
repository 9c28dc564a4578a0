/**
 * What the objectives know of a model.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Distribution, Posterior } from "../distributions/distribution.ts";

/** A model p(x | z) p(z) of images x with latents z, and an approximate posterior q(z | x). */
export interface LatentVariableModel<
  Prior extends Distribution = Distribution,
> {
  /** p(z) */
  readonly prior: Prior;
  /**
   * q(z | x)
   *
   * @param images [batch, pixel]
   * @returns A distribution over [batch, latent].
   */
  encode(images: tf.Tensor2D): Posterior<Prior>;
  /**
   * p(x | z)
   *
   * @param latents [..., latent]
   * @returns A distribution over [..., pixel].
   */
  decode(latents: tf.Tensor): Distribution;
}
