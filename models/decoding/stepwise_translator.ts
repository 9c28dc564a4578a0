/**
 * What a model that translates step by step takes and gives.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** Tensors by name. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

/** Source sentences as steps see them. */
export interface ReadSource {
  /** What every step looks at, each [batch, ...]. */
  readonly source: NamedTensors;
  /** What the first step is told besides, each [batch, ...]. */
  readonly first: NamedTensors;
}

/** What a model says after one more token, for several sequences that run side by side on each source. */
export interface SaidStep {
  /** Log probabilities of the next token up to a constant, [batch, beam, vocabulary]. */
  readonly logits: tf.Tensor;
  /** What later steps need to be told of this one. */
  readonly made: NamedTensors;
  /** How much each sequence looks at each source position, [batch, beam, source], where there is attention. */
  readonly weights?: tf.Tensor;
}

/** A model that translates token by token. */
export interface StepwiseTranslator {
  /** Reads source sentences, int32, [batch, source], with one for tokens and zero for padding. */
  readonly encode: (source: tf.Tensor2D, isToken: tf.Tensor2D) => ReadSource;
  /**
   * Reads one more token of each sequence.
   *
   * @param token int32, [batch, beam]
   * @param told The source, and what earlier steps have made.
   */
  readonly step: (token: tf.Tensor2D, told: NamedTensors) => SaidStep;
}
