/**
 * Means that padding does not change.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/**
 * The mean over real tokens: a sum divided by their number, so that padding changes nothing.
 *
 * @param values [...]
 * @param isToken One for tokens and zero for padding, [...].
 * @returns A scalar.
 */
export function meanOverTokens(
  values: tf.Tensor,
  isToken: tf.Tensor,
): tf.Scalar {
  return values.mul(isToken).sum().div(isToken.sum()).asScalar();
}
