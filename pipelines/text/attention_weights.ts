/**
 * Where a model of sequences looks.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** Weights of attention, by what looks at what: a tensor for each layer, [batch, head, from, to]. */
export interface AttentionWeights {
  /** Positions of the source at one another; empty without a source, or without attention within it. */
  readonly source: readonly tf.Tensor[];
  /** Positions of what is written at those up to them; empty without attention within it. */
  readonly target: readonly tf.Tensor[];
  /** Positions of what is written at those of the source; empty without a source, or without attention to it. */
  readonly cross: readonly tf.Tensor[];
}
