/**
 * What every transformer can be asked for.
 * @module
 */
import type { Activation } from "./activation.ts";
import type { Normalization } from "./residual.ts";
import type { Positions } from "./token_embedding.ts";
import type { Initialization } from "./transformer_initials.ts";

/** The sizes and the kind of a model of sequences. */
export interface SequenceOptions {
  /** The most positions of a sequence. */
  readonly context: number;
  /** Length of the vector at a position. */
  readonly width: number;
  /** Divides the width. */
  readonly heads: number;
  /** How many, one after another, of each stack. */
  readonly layers: number;
  /** Width of the feed-forward network, or no such network. */
  readonly feedForward: number | "none";
  /** Where each sublayer's norm stands. */
  readonly normalization: Normalization;
  /** Activation of the feed-forward network; gelu unless given, relu in an encoder-decoder. */
  readonly activation?: Activation;
  /** Learned unless given, sinusoidal in an encoder-decoder. */
  readonly positions?: Positions;
  /** Whether the logits have a weight of their own or that of the (target) tokens; own unless given. */
  readonly head?: "own" | "tied";
  /** How large the weights begin; `glorot` unless given. */
  readonly initialization?: Initialization;
}
