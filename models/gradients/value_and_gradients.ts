/**
 * Values and gradients by name.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Gradients by the name of the tensor that they belong to. */
export type Gradients = Readonly<Record<string, tf.Tensor>>;

/** A loss and its gradients. */
export interface ValueAndGradients {
  /** What the loss gave, before any update. */
  readonly value: tf.Scalar;
  /** One for each tensor, of its shape. */
  readonly gradients: Gradients;
}

/**
 * Computes a loss and its gradients in one backward pass.
 *
 * @param loss Computes the loss from the tensors, which it uses directly.
 * @param tensors Variables, and other tensors such as probes, by name.
 * @returns The loss and a gradient for each tensor, by the same names.
 * @throws {Error} If the loss does not depend on one of the tensors.
 */
export function valueAndGradients(
  loss: () => tf.Scalar,
  tensors: Readonly<Record<string, tf.Tensor>>,
): ValueAndGradients {
  const names = Object.keys(tensors);
  const { value, grads } = tf.valueAndGrads(loss)(Object.values(tensors));
  const gradients = Object.fromEntries(
    names.map((name, i) => [name, grads[i]!]), // one gradient for each tensor
  );
  return { value, gradients };
}
