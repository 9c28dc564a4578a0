/**
 * What a recurrent encoder-decoder is made of.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type AttentionKind,
  type QueryAttentionParameters,
  queryAttentionSpecs,
} from "../attention/query_attention.ts";
import { type GruParameters, gruSpecs } from "../layers/gru.ts";
import { type LinearParameters, linearSpecs } from "../layers/linear.ts";
import { normal } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** The sizes and the kind of a recurrent encoder-decoder. */
export interface Seq2SeqOptions {
  /** Tokens that there are in source sentences, and in target sentences. */
  readonly vocabulary: { readonly source: number; readonly target: number };
  /** Length of the vectors of tokens. */
  readonly embedding: number;
  /** Length of the state, in each direction of the encoder and in the decoder. */
  readonly units: number;
  /** Where the decoder looks. */
  readonly attention: AttentionKind;
  /** The most source positions, which attention by location must know. */
  readonly maxSource: number;
}

/** The parameters of a recurrent encoder-decoder. */
export interface Seq2SeqParameters<P = tf.Tensor> {
  /** Vectors of the source tokens, [vocabulary, embedding]. */
  readonly source: P;
  /** Vectors of the target tokens, [vocabulary, embedding]. */
  readonly target: P;
  /** Reads the source from the first token to the last, and back. */
  readonly encoder: {
    readonly forward: GruParameters<P>;
    readonly backward: GruParameters<P>;
  };
  /** From the encoder's last states to the decoder's first, [2 units, units]. */
  readonly bridge: LinearParameters<P>;
  /** Parameters of the kind of attention. */
  readonly attention: QueryAttentionParameters<P>;
  /** Writes the target. */
  readonly decoder: GruParameters<P>;
  /** From state, context and embedding to a vector of the embedding's length. */
  readonly readout: LinearParameters<P>;
  /** From there to the tokens; its bias should begin at their log frequencies. */
  readonly output: Required<LinearParameters<P>>;
}

/** Declares the parameters of a recurrent encoder-decoder. */
export function seq2seqSpecs(
  options: Seq2SeqOptions,
): Seq2SeqParameters<ParameterSpec> {
  const { vocabulary, embedding: width, units, attention, maxSource } = options;
  const memory = 2 * units;
  const context = attention === "none" ? 0 : memory;
  const isFed = attention === "additive" || attention === "location";
  const table = (tokens: number) => ({
    shape: [tokens, width],
    initial: normal(0.1),
  });
  const output = linearSpecs(width, vocabulary.target);
  return {
    source: table(vocabulary.source),
    target: table(vocabulary.target),
    encoder: {
      forward: gruSpecs(width, units),
      backward: gruSpecs(width, units),
    },
    bridge: linearSpecs(memory, units),
    attention: queryAttentionSpecs(attention, {
      state: units,
      embedding: width,
      memory,
      source: maxSource,
    }),
    decoder: gruSpecs(width + (isFed ? context : 0), units),
    readout: linearSpecs(units + context + width, width),
    output: { weight: output.weight, bias: output.bias! }, // linear maps have one
  };
}
