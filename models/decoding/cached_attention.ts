/**
 * Multi-head attention to keys and values that are kept, so that a decoder's cost is linear in the length.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { AttentionParameters } from "../layers/attention.ts";
import { linear } from "../layers/linear.ts";

/** What was made of the positions that may be looked at. */
export interface KeysAndValues {
  /** [batch, source, width] */
  readonly keys: tf.Tensor;
  /** [batch, source, width] */
  readonly values: tf.Tensor;
}

/**
 * Makes keys and values of positions, once for all that look at them.
 *
 * @param source [batch, source, width]
 * @param parameters Of the attention.
 */
export function keysAndValues(
  source: tf.Tensor,
  { key, value }: AttentionParameters,
): KeysAndValues {
  return { keys: linear(source, key), values: linear(source, value) };
}

/** What was gathered, and from where. */
export interface CachedAttention {
  /** [batch, target, width] */
  readonly y: tf.Tensor;
  /** [batch, head, target, source] */
  readonly weights: tf.Tensor;
}

/**
 * Lets each target position gather values, as `attention` does of the positions that keys and values were made of.
 *
 * @param target [batch, target, width]
 * @param cache Keys and values.
 * @param parameters Of query and output.
 * @param options Heads, and a mask that broadcasts to [batch, head, target, source].
 */
export function attendToCache(
  target: tf.Tensor,
  { keys, values }: KeysAndValues,
  { query, output }: AttentionParameters,
  { heads, mask }: { readonly heads: number; readonly mask: tf.Tensor },
): CachedAttention {
  const [batch, length, width] = target.shape;
  const split = (x: tf.Tensor) =>
    x.reshape([batch!, -1, heads, width! / heads]) // rank 3
      .transpose([0, 2, 1, 3]);
  const q = split(linear(target, query).mul(Math.sqrt(heads / width!))); // as above
  const scores = tf.matMul(q, split(keys), false, true).add(mask);
  const weights = tf.softmax(scores); // [batch, head, target, source]
  const joined = tf.matMul(weights, split(values)).transpose([0, 2, 1, 3])
    .reshape([batch!, length!, width!]); // as above
  return { y: linear(joined, output), weights };
}

/**
 * Writes a position into a cache.
 *
 * @param cache Zero from that position on, [batch, context, width].
 * @param isNow One at the position, zero elsewhere, [batch, context, 1].
 * @param now Keys and values of the position, [batch, 1, width].
 */
export function writeToCache(
  { keys, values }: KeysAndValues,
  isNow: tf.Tensor,
  now: KeysAndValues,
): KeysAndValues {
  return {
    keys: keys.add(isNow.mul(now.keys)),
    values: values.add(isNow.mul(now.values)),
  };
}
