/**
 * Lower bounds whose gradient vanishes at the exact posterior.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { ImportanceModel } from "./latent_variable_model.ts";
import { weigh } from "./log_weights.ts";

/**
 * Log importance weights through which the encoder gets only the gradient along the samples' paths.
 *
 * The values are those of `logWeights`. The gradient leaves out the score of q, whose expectation is zero, so that
 * the mean of the weights is the ELBO with an unbiased gradient that is exactly zero where q is the exact posterior.
 * Source: Roeder et al. 2017, eq. 8. (For a bound of several samples, see `doublyReparameterizedBound`.)
 *
 * @param model The model.
 * @param images [batch, pixel]
 * @param noise Standard normal, [sample, batch, latent].
 * @returns [sample, batch]
 */
export function stickingTheLanding(
  model: ImportanceModel,
  images: tf.Tensor2D,
  noise: tf.Tensor3D,
): tf.Tensor2D {
  const posterior = model.encode(images);
  const latents = posterior.sample(noise);
  return weigh(model, images, latents, posterior.detach());
}
