/**
 * The loss of a sequence model with the norms of vectors and gradients at every place, in one backward pass.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import type { Gradients } from "../../models/gradients/value_and_gradients.ts";
import { globalNorm } from "../../models/optimizers/clip_by_global_norm.ts";
import type { OwnedSequenceModel } from "../text/sequence_model.ts";

/** What one pass measures; the vectors have a number for each place. */
export interface SequenceNorms {
  /** Mean loss, in nats per character. */
  readonly loss: tf.Scalar;
  /** Gradient of the loss by each variable. */
  readonly gradients: Gradients;
  /** Root mean square of the activations, [place]. */
  readonly activation: tf.Tensor1D;
  /** Euclidean length of the loss's gradient with respect to all activations of the batch, [place]. */
  readonly activationGradient: tf.Tensor1D;
  /** Euclidean length of the loss's gradient with respect to the weights of the place, [place]. */
  readonly weightGradient: tf.Tensor1D;
}

/**
 * Computes the loss of windows of text, its gradients, and how long these are from place to place.
 *
 * Zeros are added to the activations, and the gradient of the loss with respect to them comes out of the same backward
 * pass as that of the weights.
 *
 * @param model The model.
 * @param windows int32, [batch, window].
 * @returns The loss, gradients and norms.
 */
export function sequenceNorms(
  model: OwnedSequenceModel,
  windows: tf.Tensor2D,
): SequenceNorms {
  const { places, context, width, variables } = model;
  const [batch] = windows.shape;
  const { target, ...parts } = model.cut(windows);
  const probes = Object.fromEntries(
    places.map(({ name }) =>
      [`probe of ${name}`, tf.zeros([batch, context, width])] as const
    ),
  );
  const { terms, gradients } = lossAndGradients(() => {
    const { next, activations } = model.predict(parts, Object.values(probes));
    return {
      loss: next.logProb(target).mean<tf.Scalar>().neg(),
      activation: tf.stack(activations.map(rootMeanSquare)),
    };
  }, { ...variables, ...probes });
  const own = pick(gradients, (name) => name in variables);
  return {
    loss: terms.loss,
    gradients: own,
    activation: terms.activation.as1D(),
    activationGradient: tf.stack(
      Object.keys(probes).map((name) =>
        globalNorm(pick(gradients, (one) => one === name))
      ),
    ).as1D(),
    weightGradient: tf.stack(
      places.map(({ weights }) =>
        globalNorm(pick(own, (name) => name.startsWith(weights)))
      ),
    ).as1D(),
  };
}

function rootMeanSquare(x: tf.Tensor): tf.Tensor {
  return x.square().mean().sqrt();
}

function pick(
  gradients: Gradients,
  isWanted: (name: string) => boolean,
): Gradients {
  return Object.fromEntries(
    Object.entries(gradients).filter(([name]) => isWanted(name)),
  );
}
