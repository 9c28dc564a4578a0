/**
 * The evidence lower bound.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Distribution } from "../distributions/distribution.ts";
import type { LatentVariableModel } from "./latent_variable_model.ts";

/** The lower bound of each image's log-likelihood and its two parts, in nats. */
export interface Elbo {
  /** Monte Carlo estimate of E_q log p(x | z), [batch]. */
  readonly reconstruction: tf.Tensor1D;
  /** KL(q(z | x) || p(z)), [batch]. */
  readonly kl: tf.Tensor1D;
  /** reconstruction - kl, [batch]. */
  readonly elbo: tf.Tensor1D;
}

/**
 * ELBO of each image, in nats, with the divergence in closed form.
 *
 * Source: Kingma & Welling 2014, eq. 3 and its estimator, eq. 7.
 *
 * @param model The model.
 * @param images [batch, pixel]
 * @param noise Standard normal, [batch, latent], or [samples, batch, latent] for a mean over samples.
 * @returns The bound and its parts, each [batch].
 */
export function elbo<Prior extends Distribution>(
  model: LatentVariableModel<Prior>,
  images: tf.Tensor2D,
  noise: tf.Tensor2D | tf.Tensor3D,
): Elbo {
  const posterior = model.encode(images);
  const latents = posterior.sample(noise); // [samples, batch, latent]
  const likelihood = model.decode(latents);
  const reconstruction = meanOverSamples(likelihood.logProb(images));
  const kl = posterior.kl(model.prior).as1D();
  return { reconstruction, kl, elbo: reconstruction.sub(kl) };
}

/**
 * ELBO of each image, in nats, with the divergence sampled: the mean of the log weights.
 *
 * Its expectation is that of {@linkcode elbo}; its noise is larger far from, and smaller near the exact posterior.
 * Source: Kingma & Welling 2014, eq. 2 and its estimator, eq. 6.
 *
 * @param logWeights log p(x, z) - log q(z | x), [samples, batch].
 * @returns [batch]
 */
export function sampledElbo(logWeights: tf.Tensor2D): tf.Tensor1D {
  return logWeights.mean(0);
}

function meanOverSamples(logProb: tf.Tensor): tf.Tensor1D {
  return logProb.rank === 1 ? logProb.as1D() : logProb.mean(0).as1D();
}
