/**
 * Scores of the next token.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Where the scores of tokens come from. */
export type Head =
  /** A weight of their own, [width, vocabulary]. */
  | { readonly kind: "own"; readonly weight: tf.Tensor }
  /** The vectors of the tokens, [vocabulary, width]; Press & Wolf 2017. */
  | { readonly kind: "tied"; readonly tokens: tf.Tensor };

/**
 * Scores each token, by one matrix product without bias.
 *
 * @param x [..., width]
 * @param head The weight.
 * @returns [..., vocabulary]
 */
export function tokenLogits(x: tf.Tensor, head: Head): tf.Tensor {
  const rows = x.reshape([-1, x.shape.at(-1)!]); // vectors
  const logits = head.kind === "own"
    ? tf.matMul(rows, head.weight)
    : tf.matMul(rows, head.tokens, false, true);
  return logits.reshape([...x.shape.slice(0, -1), logits.shape[1]!]); // a matrix
}
