/**
 * A vector for each token.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Looks up the vector of each token.
 *
 * @param tokens Indices, int32, [...].
 * @param table [vocabulary, width]
 * @returns [..., width]
 */
export function embedding(tokens: tf.Tensor, table: tf.Tensor): tf.Tensor {
  const rows = tf.gather(table, tokens.as1D());
  return rows.reshape([...tokens.shape, table.shape.at(-1)!]); // a matrix
}
