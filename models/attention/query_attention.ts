/**
 * Attention of a recurrent decoder, of a kind chosen by name.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  linear,
  type LinearParameters,
  linearSpecs,
} from "../layers/linear.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import {
  type AdditiveParameters,
  additiveScores,
  additiveSpecs,
} from "./additive.ts";
import { locationScores } from "./location.ts";
import { multiplicativeScores } from "./multiplicative.ts";

/** Where the scores come from. */
export type AttentionKind = "none" | "location" | "additive" | "multiplicative";

/** The parameters of one kind, of which there are none for `none`. */
export interface QueryAttentionParameters<P = tf.Tensor> {
  /** Parameters of additive attention. */
  readonly additive?: AdditiveParameters<P>;
  /** Parameters of multiplicative attention: the map of the memory, without bias. */
  readonly multiplicative?: Pick<LinearParameters<P>, "weight">;
  /** Parameters of attention by location. */
  readonly location?: LinearParameters<P>;
}

/** Lengths that the parameters depend on. */
export interface QueryAttentionSizes {
  /** Length of the decoder's state, which is the query. */
  readonly state: number;
  /** Length of the embedding of the token before, which attention by location reads too. */
  readonly embedding: number;
  /** Length of a vector of the memory. */
  readonly memory: number;
  /** The most source positions. */
  readonly source: number;
}

/** Declares the parameters of a kind. */
export function queryAttentionSpecs(
  kind: AttentionKind,
  { state, embedding, memory, source }: QueryAttentionSizes,
): QueryAttentionParameters<ParameterSpec> {
  switch (kind) {
    case "none":
      return {};
    case "location":
      return { location: linearSpecs(state + embedding, source) };
    case "additive":
      return { additive: additiveSpecs({ query: state, memory }) };
    case "multiplicative":
      return { multiplicative: { weight: linearSpecs(memory, state).weight } };
  }
}

/**
 * Maps the memory to keys, once for all queries.
 *
 * @param memory [batch, source, width]
 * @param parameters Of the kind.
 * @returns [batch, source, state]; nothing for kinds that do not look at the source.
 */
export function keysOf(
  memory: tf.Tensor,
  { additive, multiplicative }: QueryAttentionParameters,
): tf.Tensor | undefined {
  if (additive) return linear(memory, additive.key);
  return multiplicative && linear(memory, multiplicative);
}

/** What a decoder asks with. */
export interface Queries {
  /** States, [batch, query, state] */
  readonly state: tf.Tensor;
  /** Embeddings of the tokens before, [batch, query, embedding] */
  readonly embedded: tf.Tensor;
}

/**
 * Scores the source positions for each query.
 *
 * @param queries The decoder's states and embeddings.
 * @param keys Of `keysOf`, [batch, source, state].
 * @param source How many positions there are.
 * @param parameters Of the kind.
 * @returns [batch, query, source]; nothing without attention.
 */
export function queryScores(
  { state, embedded }: Queries,
  keys: tf.Tensor | undefined,
  source: number,
  { additive, location }: QueryAttentionParameters,
): tf.Tensor | undefined {
  if (location) {
    const joined = state.concat(embedded, 2);
    return locationScores(joined, source, location);
  }
  if (!keys) return undefined;
  return additive
    ? additiveScores(state, keys, additive)
    : multiplicativeScores(state, keys);
}
