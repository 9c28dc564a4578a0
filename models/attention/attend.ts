/**
 * A mean of vectors, weighted by scores.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { maskedSoftmax } from "../layers/masked_softmax.ts";

/** Far below any score, yet finite: exp(-1e9) is exactly 0 in float32. */
const HIDDEN = -1e9;

/** What was gathered, and from where. */
export interface Gathered {
  /** The weighted mean of the memory, [batch, query, width]. */
  readonly context: tf.Tensor;
  /** How much each query looks at each position, [batch, query, source]; rows sum to 1, and padding has 0. */
  readonly weights: tf.Tensor;
}

/**
 * Gathers vectors by softmax(scores), over tokens alone.
 *
 * @param scores [batch, query, source]
 * @param isToken One for tokens and zero for padding, [batch, source].
 * @param memory What to gather, [batch, source, width].
 */
export function attend(
  scores: tf.Tensor,
  isToken: tf.Tensor2D,
  memory: tf.Tensor,
): Gathered {
  const [batch, source] = isToken.shape;
  const mask = isToken.sub(1).mul(-HIDDEN).reshape([batch, 1, source]);
  const weights = maskedSoftmax(scores.add(mask));
  return { context: tf.matMul(weights, memory), weights };
}
