/**
 * Additive attention.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  linear,
  type LinearParameters,
  linearSpecs,
} from "../layers/linear.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** The parameters of {@linkcode additiveScores}. */
export interface AdditiveParameters<P = tf.Tensor> {
  /** W, [query, units] */
  readonly query: LinearParameters<P>;
  /** U, [memory, units] */
  readonly key: LinearParameters<P>;
  /** v, [units, 1]; a bias would raise all scores alike, which softmax takes away again. */
  readonly score: Pick<LinearParameters<P>, "weight">;
}

/** Lengths of the vectors that attention compares. */
export interface AttentionWidths {
  /** Length of a query. */
  readonly query: number;
  /** Length of a vector of the memory. */
  readonly memory: number;
}

/** Declares the parameters of {@linkcode additiveScores}, with as many hidden units as a query has numbers. */
export function additiveSpecs(
  { query, memory }: AttentionWidths,
): AdditiveParameters<ParameterSpec> {
  return {
    query: linearSpecs(query, query),
    key: linearSpecs(memory, query),
    score: { weight: linearSpecs(query, 1).weight },
  };
}

/**
 * Scores positions by a network with one hidden layer: v . tanh(W q + U m).
 *
 * Source: Bahdanau et al. 2015, section A.1.2.
 *
 * @param queries q, [batch, query, width]
 * @param keys U m, [batch, source, units]: `linear(memory, parameters.key)`, once for all queries.
 * @param parameters W and v.
 * @returns [batch, query, source]
 */
export function additiveScores(
  queries: tf.Tensor,
  keys: tf.Tensor,
  { query, score }: AdditiveParameters,
): tf.Tensor {
  const [batch, count] = queries.shape;
  const [, source, units] = keys.shape;
  const wanted = linear(queries, query).reshape([batch!, count!, 1, units!]); // rank 3
  const offered = keys.reshape([batch!, 1, source!, units!]); // rank 3
  return linear(tf.tanh(wanted.add(offered)), score)
    .reshape([batch!, count!, source!]); // as above
}
