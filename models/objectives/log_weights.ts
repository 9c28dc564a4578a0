/**
 * Importance weights of a model's posterior.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Distribution } from "../distributions/distribution.ts";
import type { ImportanceModel } from "./latent_variable_model.ts";

/**
 * Log importance weights log p(x | z) + log p(z) - log q(z | x), in nats.
 *
 * Each is log p(x), whatever the noise, where q is the exact posterior.
 * Source: Burda et al. 2016, section 3.
 *
 * @param model The model.
 * @param images [batch, pixel]
 * @param noise Standard normal, [importance sample, batch, latent].
 * @returns [importance sample, batch]
 */
export function logWeights(
  model: ImportanceModel,
  images: tf.Tensor2D,
  noise: tf.Tensor3D,
): tf.Tensor2D {
  const posterior = model.encode(images);
  const latents = posterior.sample(noise);
  return weigh(model, images, latents, posterior);
}

/**
 * Log weights of given latents.
 *
 * @param model The model.
 * @param images [batch, pixel]
 * @param latents [importance sample, batch, latent]
 * @param proposal What the latents were drawn from.
 * @returns [importance sample, batch]
 */
export function weigh(
  model: ImportanceModel,
  images: tf.Tensor2D,
  latents: tf.Tensor,
  proposal: Distribution,
): tf.Tensor2D {
  const logJoint = model.decode(latents).logProb(images)
    .add(model.prior.logProb(latents));
  const [samples, batch] = latents.shape;
  return logJoint.sub(proposal.logProb(latents)).as2D(samples!, batch!); // rank 3
}
