/**
 * Tokens and their positions as vectors.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Initial, ParameterSpec } from "../parameters/parameters.ts";
import { embedding } from "./embedding.ts";
import { sinusoidalPositions } from "./sinusoidal_positions.ts";

/** Positions as waves, or as parameters. */
export type Positions = "sinusoidal" | "learned";

/** The parameters of {@linkcode embedTokens}. */
export interface TokenEmbeddingParameters<P = tf.Tensor> {
  /** [vocabulary, width] */
  readonly tokens: P;
  /** [context, width], where positions are learned. */
  readonly positions?: P;
}

/** The sizes of an embedding. */
export interface TokenEmbeddingSizes {
  /** Tokens that there are. */
  readonly vocabulary: number;
  /** The most positions of a sequence. */
  readonly context: number;
  /** Length of a vector. */
  readonly width: number;
  /** Waves have no parameters. */
  readonly positions: Positions;
  /** Initial values of the vectors of tokens and positions. */
  readonly initial: Initial;
}

/** Declares the parameters of {@linkcode embedTokens}. */
export function tokenEmbeddingSpecs(
  { vocabulary, context, width, positions, initial }: TokenEmbeddingSizes,
): TokenEmbeddingParameters<ParameterSpec> {
  const tokens = { shape: [vocabulary, width], initial };
  return positions === "sinusoidal"
    ? { tokens }
    : { tokens, positions: { shape: [context, width], initial } };
}

/**
 * The sum of the vectors of tokens and positions.
 *
 * Learned positions are added as they are. Where positions are waves, of size one, the tokens are first multiplied by
 * sqrt(width); Vaswani et al. 2017, section 3.4.
 *
 * @param ids Tokens, int32, [batch, position].
 * @param parameters Vectors of the tokens, and of the positions where these are learned.
 * @returns [batch, position, width]
 */
export function embedTokens(
  ids: tf.Tensor2D,
  { tokens, positions }: TokenEmbeddingParameters,
): tf.Tensor {
  const [, length] = ids.shape;
  const width = tokens.shape[1]!; // a matrix
  const vectors = embedding(ids, tokens);
  return positions
    ? vectors.add(tf.slice(positions, [0, 0], [length, width]))
    : vectors.mul(Math.sqrt(width)).add(sinusoidalPositions(length, width));
}
