/**
 * A tensor as a constant.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Passes a tensor on unchanged, and no gradient back.
 *
 * @param x Any tensor.
 * @returns The same values.
 */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  const identity = tf.customGrad<T>(() => ({
    value: tf.clone(x),
    gradFunc: (dy: T) => tf.zerosLike(dy),
  }));
  return identity(x);
}
