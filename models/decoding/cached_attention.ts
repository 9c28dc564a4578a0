/**
 * Multi-head attention to keys and values that are kept, so that a decoder's cost is linear in the length.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { AttentionParameters } from "../layers/attention.ts";
import { linear } from "../layers/linear.ts";
import { maskedSoftmax } from "../layers/masked_softmax.ts";

/** What was made of the positions that may be looked at, by head. */
export interface KeysAndValues {
  /** [batch, head, source, width / heads] */
  readonly keys: tf.Tensor;
  /** [batch, head, source, width / heads] */
  readonly values: tf.Tensor;
}

/**
 * Makes keys and values of positions, once for all that look at them.
 *
 * @param source [batch, source, width]
 * @param parameters Of the attention.
 * @param heads How many.
 */
export function keysAndValues(
  source: tf.Tensor,
  { key, value }: AttentionParameters,
  heads: number,
): KeysAndValues {
  return {
    keys: splitHeads(linear(source, key), heads),
    values: splitHeads(linear(source, value), heads),
  };
}

/** What was gathered, and from where. */
export interface CachedAttention {
  /** [batch, target, width] */
  readonly y: tf.Tensor;
  /** [batch, head, target, source] */
  readonly weights: tf.Tensor;
}

/** How to look at what is kept. */
export interface CachedAttentionOptions {
  /** Divides the width. */
  readonly heads: number;
  /** Added to the scores, broadcasts to [batch, head, target, source]: zero where a position may look, -1e9 elsewhere. */
  readonly mask: tf.Tensor;
}

/**
 * Lets each target position gather values, as `attention` does of the positions that keys and values were made of.
 *
 * @param target [batch, target, width]
 * @param cache Keys and values.
 * @param parameters Of query and output.
 * @param options Heads, and where to look.
 */
export function attendToCache(
  target: tf.Tensor,
  { keys, values }: KeysAndValues,
  parameters: AttentionParameters,
  { heads, mask }: CachedAttentionOptions,
): CachedAttention {
  const queries = queriesOf(target, parameters, heads);
  const scores = tf.matMul(queries, keys, false, true).add(mask);
  const weights = maskedSoftmax(scores); // [batch, head, target, source]
  const y = joinHeads(tf.matMul(weights, values), parameters);
  return { y, weights };
}

/** What a sequence gathered from itself, and what it leaves for its later positions. */
export interface OwnAttention {
  /** [batch, beam, width] */
  readonly y: tf.Tensor;
  /** Keys and values of the position that is written now, [batch, head, beam, width / heads]. */
  readonly now: KeysAndValues;
}

/**
 * Lets each sequence gather values from the positions it has written, and from the one it writes now.
 *
 * The sequences of a sentence share what is kept: where beam search goes on from another sequence, its positions stay
 * where they are, and the mask alone changes.
 *
 * @param x The position that each sequence writes now, [batch, beam, width].
 * @param kept Keys and values of earlier positions of all sequences, [batch, head, slot, width / heads].
 * @param parameters Of the attention.
 * @param options Heads, and which slots hold a sequence's own positions: a mask that broadcasts to
 * [batch, head, beam, slot].
 */
export function attendToOwn(
  x: tf.Tensor,
  kept: KeysAndValues,
  parameters: AttentionParameters,
  { heads, mask }: CachedAttentionOptions,
): OwnAttention {
  const queries = queriesOf(x, parameters, heads);
  const now = keysAndValues(x, parameters, heads);
  const before = tf.matMul(queries, kept.keys, false, true).add(mask);
  const present = queries.mul(now.keys).sum(-1, true); // [batch, head, beam, 1]
  const weights = maskedSoftmax(tf.concat([before, present], 3));
  const [batch, , beams, slots] = before.shape;
  const part = (from: number, count: number) =>
    tf.slice(weights, [0, 0, 0, from], [batch!, heads, beams!, count]); // rank 4
  const gathered = tf.matMul(part(0, slots!), kept.values) // as above
    .add(part(slots!, 1).mul(now.values));
  return { y: joinHeads(gathered, parameters), now };
}

/** Queries over sqrt(width / heads), [batch, head, target, width / heads]. */
function queriesOf(
  target: tf.Tensor,
  { query }: AttentionParameters,
  heads: number,
): tf.Tensor {
  const width = target.shape[2]!; // rank 3
  return splitHeads(linear(target, query).mul(Math.sqrt(heads / width)), heads);
}

/** [batch, length, width] -> [batch, head, length, width / heads] */
function splitHeads(x: tf.Tensor, heads: number): tf.Tensor {
  const [batch, length, width] = x.shape;
  return x.reshape([batch!, length!, heads, width! / heads]) // rank 3
    .transpose([0, 2, 1, 3]);
}

/** From [batch, head, length, width / heads] to [batch, length, width], mixed. */
function joinHeads(
  gathered: tf.Tensor,
  { output }: AttentionParameters,
): tf.Tensor {
  const [batch, heads, length, width] = gathered.shape;
  const joined = gathered.transpose([0, 2, 1, 3])
    .reshape([batch!, length!, heads! * width!]); // rank 4
  return linear(joined, output);
}
