/**
 * A VAE as those stages see it that draw from it, whatever its latents are made of.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type {
  Proposal,
  Reparameterized,
  WithMean,
} from "../../models/distributions/distribution.ts";
import type { ImportanceModel } from "../../models/objectives/latent_variable_model.ts";

/** A model of images from which latents and images can be drawn. */
export interface SampledVae extends ImportanceModel {
  /** p(z), which turns standard normal noise into latents. */
  readonly prior: Reparameterized;
  /** q(z | x): images [batch, pixel]. */
  readonly encode: (images: tf.Tensor2D) => Proposal & WithMean;
  /** p(x | z): latents [..., latent]. */
  readonly decode: (latents: tf.Tensor) => WithMean;
}
