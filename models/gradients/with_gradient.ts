/**
 * Functions whose gradient is written by hand.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** A function of tensors with its gradient. */
export interface Differentiable {
  /** The value, of the inputs. */
  readonly value: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** The gradient for each input, from that of the value and the same inputs. */
  readonly gradient: (dy: tf.Tensor, ...inputs: tf.Tensor[]) => tf.Tensor[];
}

/**
 * Computes a value whose gradient is given by hand, where automatic differentiation is wasteful or loses digits.
 *
 * The gradient must be computed from the inputs that it is given: tensors of the forward pass are gone by then, and
 * second derivatives follow from the inputs alone.
 *
 * @param inputs What value and gradient are called with.
 * @param function The value and its gradient.
 * @returns The value.
 */
export function withGradient(
  inputs: readonly tf.Tensor[],
  { value, gradient }: Differentiable,
): tf.Tensor {
  const differentiable = tf.customGrad<tf.Tensor>((...given) => {
    // The declared type mixes the inputs with what follows them: the function that keeps tensors for the gradient.
    const save = given.at(-1) as tf.GradSaveFunc;
    save([...inputs]);
    return {
      value: value(...inputs),
      gradFunc: (dy, kept) => gradient(dy, ...kept),
    };
  });
  return differentiable(...inputs);
}
