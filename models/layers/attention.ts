/**
 * Multi-head attention.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { InitialBySize } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { linear, type LinearParameters, linearSpecs } from "./linear.ts";
import { maskedSoftmax } from "./masked_softmax.ts";

/** The parameters of {@linkcode attention}. */
export interface AttentionParameters<P = tf.Tensor> {
  /** What a target position looks for, [width, width]. */
  readonly query: LinearParameters<P>;
  /** Without a bias: it would raise all scores of a row by the same amount, which softmax takes away again. */
  readonly key: Pick<LinearParameters<P>, "weight">;
  /** What a source position gives, [width, width]. */
  readonly value: LinearParameters<P>;
  /** Mixes what the heads gathered, [width, width]. */
  readonly output: LinearParameters<P>;
}

/** What attention needs besides its parameters. */
export interface AttentionOptions {
  /** Divides the width. */
  readonly heads: number;
  /** Added to the scores: zero where a position may look, and -1e9 where not. */
  readonly mask?: tf.Tensor;
}

/** What attention gives. */
export interface Attended {
  /** [batch, target, width] */
  readonly y: tf.Tensor;
  /** How much each target position looks at each source position, [batch, head, target, source]. */
  readonly weights: tf.Tensor;
}

/**
 * Declares the parameters of {@linkcode attention}.
 *
 * @param width Length of the vectors.
 * @param initial Of the weights, Glorot uniform unless given.
 */
export function attentionSpecs(
  width: number,
  initial?: { readonly input: InitialBySize; readonly output: InitialBySize },
): AttentionParameters<ParameterSpec> {
  return {
    query: linearSpecs(width, width, initial?.input),
    key: { weight: linearSpecs(width, width, initial?.input).weight },
    value: linearSpecs(width, width, initial?.input),
    output: linearSpecs(width, width, initial?.output),
  };
}

/**
 * Lets each target position gather values from source positions: softmax(q k^T / sqrt(width / heads)) v, in each head.
 *
 * Source: Vaswani et al. 2017, eq. 1 and section 3.2.2.
 *
 * @param target Where from, [batch, target, width].
 * @param source Where to, [batch, source, width]: the target itself in self-attention.
 * @param parameters Of the four projections.
 * @param options Heads, and a mask that broadcasts to [batch, head, target, source].
 * @returns The gathered values and the weights.
 * @throws {RangeError} If the heads do not divide the width.
 */
export function attention(
  target: tf.Tensor,
  source: tf.Tensor,
  { query, key, value, output }: AttentionParameters,
  { heads, mask }: AttentionOptions,
): Attended {
  const [batch, length, width] = target.shape;
  if (width! % heads !== 0) { // rank 3
    throw new RangeError(
      `Expected heads to divide the width ${width} but found ${heads}`,
    );
  }
  const scale = Math.sqrt(heads / width!); // as above
  const q = splitHeads(linear(target, query).mul(scale), heads);
  const k = splitHeads(linear(source, key), heads);
  const v = splitHeads(linear(source, value), heads);
  const scores = tf.matMul(q, k, false, true); // [batch, head, target, source]
  const weights = mask ? maskedSoftmax(scores.add(mask)) : tf.softmax(scores);
  const gathered = tf.matMul(weights, v); // [batch, head, target, width / heads]
  const joined = gathered.transpose([0, 2, 1, 3])
    .reshape([batch!, length!, width!]); // as above
  return { y: linear(joined, output), weights };
}

/** [batch, position, width] -> [batch, head, position, width / heads] */
function splitHeads(x: tf.Tensor, heads: number): tf.Tensor {
  const [batch, length, width] = x.shape;
  return x.reshape([batch!, length!, heads, width! / heads]) // rank 3
    .transpose([0, 2, 1, 3]);
}
