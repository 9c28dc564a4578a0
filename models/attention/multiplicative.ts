/**
 * Multiplicative attention.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Scores positions by inner products, q . k.
 *
 * Source: Luong et al. 2015, section 3.1: `dot` with the memory itself as keys, `general` with W m, a linear map of the
 * memory; Vaswani et al. 2017, eq. 1, with a scale of 1 / sqrt(width).
 *
 * @param queries q, [batch, query, width]
 * @param keys [batch, source, width]
 * @param scale What the products are multiplied by; 1 unless given.
 * @returns [batch, query, source]
 */
export function multiplicativeScores(
  queries: tf.Tensor,
  keys: tf.Tensor,
  scale = 1,
): tf.Tensor {
  const scores = tf.matMul(queries, keys, false, true);
  return scale === 1 ? scores : scores.mul(scale);
}
