/**
 * What a model that translates step by step takes and gives.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** Source sentences as the decoder sees them. */
export interface EncodedSource {
  /** States of both directions, zero for padding, [batch, source, 2 units]. */
  readonly memory: tf.Tensor;
  /** What attention compares queries with, [batch, source, units], where it looks at the source. */
  readonly keys?: tf.Tensor;
  /** One for tokens and zero for padding, [batch, source]. */
  readonly isToken: tf.Tensor2D;
  /** The decoder's first state, [batch, units]. */
  readonly state: tf.Tensor;
}

/** Dropout during training: uniform noise in [0, 1), each in the shape of what is dropped. */
export interface Seq2SeqNoise {
  /** Probability that a number is left out. */
  readonly rate: number;
  /** Noise for source embeddings, [batch, source, embedding]. */
  readonly source: tf.Tensor;
  /** Noise for the memory, [batch, source, 2 units]. */
  readonly memory: tf.Tensor;
  /** Noise for target embeddings, [batch, target, embedding]. */
  readonly target: tf.Tensor;
  /** Noise for the readout, [batch, target, embedding]. */
  readonly readout: tf.Tensor;
}

/** How often the decoder reads the true token before, while it learns. */
export interface Forcing {
  /** The share of true tokens; else its own likeliest token is read, without a gradient. Bengio et al. 2015. */
  readonly rate: number;
  /** Uniform in [0, 1), one for each token, [batch, target]. */
  readonly coins: tf.Tensor;
}

/** What the decoder says at every position of its target. */
export interface Taught {
  /** Log probabilities of the next token up to a constant, [batch, target, vocabulary]. */
  readonly logits: tf.Tensor;
  /** How much each position looks at each source position, [batch, target, source], where there is attention. */
  readonly weights?: tf.Tensor;
  /** The decoder's states, [batch, target, units]. */
  readonly states: tf.Tensor;
}

/** What the decoder says after one more token, for several sentences that run side by side on each source. */
export interface Stepped {
  /** Log probabilities of the next token up to a constant, [batch, beam, vocabulary]. */
  readonly logits: tf.Tensor;
  /** [batch, beam, units] */
  readonly state: tf.Tensor;
  /** [batch, beam, source], where there is attention. */
  readonly weights?: tf.Tensor;
}

/** A model of a target sentence given a source sentence. */
export interface Seq2Seq {
  /**
   * Reads source sentences.
   *
   * @param source int32, [batch, source]
   * @param isToken One for tokens and zero for padding, [batch, source].
   * @param noise Dropout, where the model learns.
   */
  readonly encode: (
    source: tf.Tensor2D,
    isToken: tf.Tensor2D,
    noise?: Seq2SeqNoise,
  ) => EncodedSource;
  /**
   * Predicts the next token at each position from the tokens up to it.
   *
   * @param before The token before each of those to predict, int32, [batch, target].
   * @param encoded The source.
   * @param training Dropout and teacher forcing, where wanted; all tokens are true ones unless given.
   */
  readonly teach: (
    before: tf.Tensor2D,
    encoded: EncodedSource,
    training?: { readonly noise?: Seq2SeqNoise; readonly forcing?: Forcing },
  ) => Taught;
  /**
   * Reads one more token of each sentence that is being written.
   *
   * @param token int32, [batch, beam]
   * @param state [batch, beam, units]
   * @param encoded The source, without its first state.
   */
  readonly step: (
    token: tf.Tensor2D,
    state: tf.Tensor,
    encoded: Omit<EncodedSource, "state">,
  ) => Stepped;
}
