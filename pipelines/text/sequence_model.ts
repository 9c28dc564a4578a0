/**
 * A model of sequences as the stages see it, whatever it is made of.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Categorical } from "../../models/distributions/categorical.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { Key } from "../core/random/key.ts";
import type { AttentionWeights } from "./attention_weights.ts";

/** A place on the way of the vectors: what enters a stack, or the output of one of its layers. */
export interface Place {
  /** `embedding`, `layer01`, `layer02`, ...; after `encoder/` or `decoder/` where there are two stacks. */
  readonly name: string;
  /** `encoder` or `decoder`, or empty where there is one stack. */
  readonly stack: string;
  /** How many layers are before it in its stack: 0 for what enters. */
  readonly layer: number;
  /** How the names of the weights begin that made the vectors of those of the place before. */
  readonly weights: string;
}

/** Windows of text, as a model learns from them. */
export interface SequenceParts {
  /** What may be read in full, int32, [batch, context]; a causal model reads nothing of it. */
  readonly source: tf.Tensor2D;
  /** The token before each of those to predict, int32, [batch, context]. */
  readonly before: tf.Tensor2D;
  /** The tokens to predict, int32, [batch, context]. */
  readonly target: tf.Tensor2D;
}

/** Predictions, and the vectors on the way to them. */
export interface SequencePrediction {
  /** The token at each position, over [batch, context]. */
  readonly next: Categorical;
  /** The vectors at each place, each [batch, context, width]. */
  readonly activations: readonly tf.Tensor[];
  /** Where each layer looks. */
  readonly attention: AttentionWeights;
}

/** A model that predicts each token of a sequence from those before it, and from a source where it has one. */
export interface SequenceModel {
  /** Tokens that it predicts in a window. */
  readonly context: number;
  /** Tokens of a window of text. */
  readonly window: number;
  /** Length of its vectors. */
  readonly width: number;
  /** The token that begins a sequence. */
  readonly begin: number;
  /** The tokens that it may predict, [token]. */
  readonly vocabulary: readonly string[];
  /** Whether it continues what it has written, or writes what a source says. */
  readonly kind: "continues" | "translates";
  /** The places, from the first stack to the last. */
  readonly places: readonly Place[];
  /** Cuts windows of text into what is read and what is predicted; int32, [batch, window]. */
  readonly cut: (windows: tf.Tensor2D) => SequenceParts;
  /**
   * Predicts.
   *
   * @param parts What is read.
   * @param probes Zeros for each place, [batch, context, width]: their gradients are those of the activations.
   */
  readonly predict: (
    parts: Omit<SequenceParts, "target">,
    probes?: readonly tf.Tensor[],
  ) => SequencePrediction;
}

/** A model of sequences with the variables that it owns. */
export interface OwnedSequenceModel extends SequenceModel, Disposable {
  /** What an optimizer changes and a checkpoint holds, by path. */
  readonly variables: Variables;
  /** Gives the variables new initial values. */
  readonly redraw: (key: Key) => void;
}
