/**
 * What an encoder-decoder transformer is made of.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../parameters/parameters.ts";
import {
  type LayerStackParameters,
  layerStackSpecs,
} from "../layers/layer_stack.ts";
import type { SequenceOptions } from "../layers/sequence_options.ts";
import {
  type TokenEmbeddingParameters,
  tokenEmbeddingSpecs,
} from "../layers/token_embedding.ts";
import { transformerInitials } from "../layers/transformer_initials.ts";

/** The sizes and the kind of an encoder-decoder. */
export interface EncoderDecoderOptions extends SequenceOptions {
  /** Tokens that there are in source sequences, and in target sequences. */
  readonly vocabulary: { readonly source: number; readonly target: number };
  /** Whether source and target tokens are one vocabulary with one table of vectors; `separate` unless given. */
  readonly embeddings?: "separate" | "shared";
}

/** The parameters of an encoder-decoder. */
export interface EncoderDecoderParameters<P = tf.Tensor> {
  /** Vectors of the source tokens, unless shared with the target's. */
  readonly source?: TokenEmbeddingParameters<P>;
  /** Vectors of the target tokens. */
  readonly target: TokenEmbeddingParameters<P>;
  /** Layers that read the source. */
  readonly encoder: LayerStackParameters<P>;
  /** Layers that read the target up to a position, and by cross-attention the source. */
  readonly decoder: LayerStackParameters<P>;
  /** [width, target vocabulary], unless tied. */
  readonly head?: P;
}

/** Declares the parameters of an encoder-decoder. */
export function encoderDecoderSpecs(
  options: EncoderDecoderOptions,
): EncoderDecoderParameters<ParameterSpec> {
  const { vocabulary, width, layers, feedForward } = options;
  const initial = transformerInitials(options.initialization ?? "glorot", {
    width,
    sublayers: layers * (feedForward === "none" ? 2 : 3), // of the decoder
  });
  const embedding = (vocabulary: number) =>
    tokenEmbeddingSpecs({
      ...options,
      vocabulary,
      positions: options.positions ?? "sinusoidal",
      initial: initial.embedding,
    });
  const stack = (crossAttention: "with" | "without") =>
    layerStackSpecs({ ...options, crossAttention, initial: initial.sublayer });
  const isShared = options.embeddings === "shared";
  if (isShared && vocabulary.source !== vocabulary.target) {
    throw new RangeError(
      `Expected one vocabulary for shared embeddings but found ${vocabulary.source} source and ${vocabulary.target} target tokens`,
    );
  }
  const specs = {
    ...isShared ? {} : { source: embedding(vocabulary.source) },
    target: embedding(vocabulary.target),
    encoder: stack("without"),
    decoder: stack("with"),
  };
  if (options.head === "tied") return specs;
  const shape = [width, vocabulary.target];
  const head = initial.head(width, vocabulary.target);
  return { ...specs, head: { shape, initial: head } };
}
