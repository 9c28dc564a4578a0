/**
 * The log probability of every image under every latent vector.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Bernoulli } from "../distributions/bernoulli.ts";

/**
 * Log probabilities of all pairs by one matrix product: x logit - softplus(logit), summed over pixels.
 *
 * @param pixels From the decoder, over [latent vector, pixel].
 * @param images Zeros and ones, [image, pixel].
 * @returns Nats, [latent vector, image].
 */
export function pairwiseLogProb(
  { logits }: Bernoulli,
  images: tf.Tensor2D,
): tf.Tensor2D {
  const rows = logits.as2D(logits.shape[0]!, images.shape[1]); // a matrix
  const agreement = tf.matMul(rows, images, false, true);
  return agreement.sub(tf.softplus(rows).sum(-1, true));
}
