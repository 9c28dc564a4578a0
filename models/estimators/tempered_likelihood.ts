/**
 * Log-likelihoods of latents with their gradients, which all temperatures share.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { lossAndGradients } from "../gradients/loss_and_gradients.ts";
import type { LatentVariableModel } from "../objectives/latent_variable_model.ts";

/** Where each chain is, and what is known of the likelihood there. */
export interface ChainState {
  /** [chain, latent] */
  readonly latents: tf.Tensor2D;
  /** log p(x | z), in nats, [chain]. */
  readonly logLikelihood: tf.Tensor1D;
  /** Gradient of the log-likelihood by z, [chain, latent]. */
  readonly gradient: tf.Tensor2D;
}

/** Looks at the likelihood of latents. */
export type LookAt = (latents: tf.Tensor2D) => ChainState;

/**
 * Looks at a model's likelihood of one image for each chain.
 *
 * @param model The model.
 * @param images [chain, pixel]
 */
export function likelihoodOf(
  model: Pick<LatentVariableModel, "decode">,
  images: tf.Tensor2D,
): LookAt {
  return (latents) => {
    const { terms, gradients } = lossAndGradients(() => {
      const logLikelihood = model.decode(latents).logProb(images).as1D();
      return { loss: logLikelihood.sum<tf.Scalar>(), logLikelihood };
    }, { latents });
    const { logLikelihood } = terms;
    const gradient = gradients["latents"]!.as2D(...latents.shape); // asked for
    return { latents, logLikelihood, gradient };
  };
}
