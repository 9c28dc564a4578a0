/**
 * The importance weighted bound with a gradient that does not drown in noise as samples are added.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ImportanceModel } from "./latent_variable_model.ts";
import { withGradient } from "../gradients/with_gradient.ts";
import { iwaeBound, normalizedWeights } from "./iwae_bound.ts";
import { weigh } from "./log_weights.ts";

/**
 * Importance weighted bound whose encoder gradient is the doubly reparameterized estimator.
 *
 * The value, and the gradient of decoder and prior, are those of `iwaeBound`. The encoder gets
 * sum_i w_i^2 d(log weight_i)/dz_i dz_i/dphi, with normalized weights w_i.
 * Source: Tucker et al. 2019, eq. 8 and algorithm 1.
 *
 * @param model The model.
 * @param images [batch, pixel]
 * @param noise Standard normal, [importance sample, batch, latent].
 * @returns Nats, [batch].
 */
export function doublyReparameterizedBound(
  model: ImportanceModel,
  images: tf.Tensor2D,
  noise: tf.Tensor3D,
): tf.Tensor1D {
  const posterior = model.encode(images);
  const { latents, channel } = openChannel(posterior.sample(noise));
  const logWeights = weigh(model, images, latents, posterior.detach());
  return closeChannel(logWeights, channel);
}

/**
 * Adds a column of zeros to the latents, whose gradient scales the gradient of the latents.
 *
 * Backward, the latents receive w_i times the path derivative from the bound; the weights are known only after the
 * decoder has run, so the second factor w_i travels back through this column.
 */
function openChannel(
  samples: tf.Tensor,
): { latents: tf.Tensor; channel: tf.Tensor } {
  const rows = samples.shape.slice(0, -1);
  const width = samples.shape.at(-1)!; // rank 3
  const extended = withGradient([samples], {
    value: (samples) => tf.concat([samples, tf.zeros([...rows, 1])], -1),
    gradient: (dy) => {
      const [path, weight] = tf.split(dy, [width, 1], -1);
      return [path!.mul(weight!)]; // two parts
    },
  });
  const [latents, channel] = tf.split(extended, [width, 1], -1);
  return { latents: latents!, channel: channel! }; // two parts
}

/** The bound of the log weights; sends the normalized weights back through the channel. */
function closeChannel(
  logWeights: tf.Tensor2D,
  channel: tf.Tensor,
): tf.Tensor1D {
  const [samples, batch] = logWeights.shape;
  return withGradient([logWeights, channel], {
    value: (logWeights) => iwaeBound(logWeights.as2D(samples, batch)),
    gradient: (dy, logWeights, channel) => {
      const weights = normalizedWeights(logWeights.as2D(samples, batch));
      return [weights.mul(dy), weights.reshape(channel.shape)];
    },
  }).as1D();
}
