/**
 * Choosing the next token.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { Categorical } from "../distributions/categorical.ts";

/** How freely the next token is chosen. */
export interface NextTokenOptions {
  /** Divides the logits: below one prefers likely tokens, above one evens them out; 1 unless given. */
  readonly temperature?: number;
  /** How many of the likeliest tokens may be chosen; all unless given. */
  readonly topK?: number;
}

/**
 * Draws the next token of each sequence.
 *
 * Source: temperature by Ackley et al. 1985; top-k by Fan et al. 2018.
 *
 * @param logits [batch, vocabulary]
 * @param noise Uniform in [0, 1), [batch].
 * @param options How freely to choose.
 * @returns Tokens, int32, [batch].
 * @throws {RangeError} If the temperature is not positive, or top-k is no number of tokens.
 */
export function nextToken(
  logits: tf.Tensor2D,
  noise: tf.Tensor1D,
  { temperature = 1, topK }: NextTokenOptions = {},
): tf.Tensor1D {
  if (!(temperature > 0)) {
    throw new RangeError(
      `Expected temperature to be positive but found ${temperature}`,
    );
  }
  const allowed = topK === undefined ? logits : keepTopK(logits, topK);
  return new Categorical(allowed.div(temperature)).sample(noise).as1D();
}

/**
 * The likeliest next token of each sequence.
 *
 * @param logits [batch, vocabulary]
 * @returns Tokens, int32, [batch]; the first where several are as likely.
 */
export function likeliestToken(logits: tf.Tensor2D): tf.Tensor1D {
  return logits.argMax(-1);
}

/** Lowers all logits below the k-th greatest of their row beyond reach. */
function keepTopK(logits: tf.Tensor2D, k: number): tf.Tensor2D {
  const [batch, vocabulary] = logits.shape;
  if (!Number.isInteger(k) || k < 1 || k > vocabulary) {
    throw new RangeError(
      `Expected top-k from 1 to ${vocabulary} tokens but found ${k}`,
    );
  }
  const { values } = tf.topk(logits, k);
  const least = values.slice([0, k - 1], [batch, 1]);
  return tf.where(
    logits.greaterEqual(least),
    logits,
    tf.fill(logits.shape, -Infinity),
  );
}
