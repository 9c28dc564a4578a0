/**
 * The encoder-decoder transformer: a model of a target sequence given a source sequence.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { Categorical } from "./distributions/categorical.ts";
import {
  layerStack,
  type LayerStackParameters,
  layerStackSpecs,
  type StackPass,
} from "./layers/layer_stack.ts";
import { causalMask, paddingMask } from "./layers/mask.ts";
import type { SequenceOptions } from "./layers/sequence_options.ts";
import {
  embedTokens,
  type TokenEmbeddingParameters,
  tokenEmbeddingSpecs,
} from "./layers/token_embedding.ts";
import { tokenLogits } from "./layers/token_logits.ts";
import {
  createOwned,
  type DrawParameter,
  type Owned,
  type ParameterSpec,
} from "./parameters/parameters.ts";
import { transformerInitials } from "./layers/transformer_initials.ts";

/** The sizes and the kind of an encoder-decoder. */
export interface EncoderDecoderOptions extends SequenceOptions {
  /** Tokens that there are in source sequences, and in target sequences. */
  readonly vocabulary: { readonly source: number; readonly target: number };
}

/** The parameters of {@linkcode encoderDecoder}. */
export interface EncoderDecoderParameters<P = tf.Tensor> {
  /** Vectors of the source tokens. */
  readonly source: TokenEmbeddingParameters<P>;
  /** Vectors of the target tokens. */
  readonly target: TokenEmbeddingParameters<P>;
  /** Layers that read the source. */
  readonly encoder: LayerStackParameters<P>;
  /** Layers that read the target up to a position, and by cross-attention the source. */
  readonly decoder: LayerStackParameters<P>;
  /** [width, target vocabulary], unless tied. */
  readonly head?: P;
}

/** A source sequence as the decoder sees it. */
export interface Memory {
  /** [batch, source, width] */
  readonly memory: tf.Tensor;
  /** Hides padding, [batch, 1, 1, source]. */
  readonly mask: tf.Tensor;
}

/** What the encoder gives. */
export interface EncoderResult extends Memory {
  /** The embedding and the output of each layer, 1 + layers of [batch, source, width]. */
  readonly activations: readonly tf.Tensor[];
}

/** What the decoder gives. */
export interface DecoderResult {
  /** The next token at each position, over [batch, target]. */
  readonly next: Categorical;
  /** How much each target position looks at each source position, by layer, [batch, head, target, source]. */
  readonly crossAttention: readonly tf.Tensor[];
  /** The embedding and the output of each layer, 1 + layers of [batch, target, width]. */
  readonly activations: readonly tf.Tensor[];
}

/** A model of a target sequence given a source sequence. */
export interface EncoderDecoder {
  /**
   * Reads source sequences.
   *
   * @param source int32, [batch, source], no longer than the context.
   * @param isToken One for tokens and zero for padding, [batch, source].
   * @param pass Dropout and probes, where wanted: noise for 1 + 2 layers places.
   */
  readonly encode: (
    source: tf.Tensor2D,
    isToken: tf.Tensor2D,
    pass?: StackPass,
  ) => EncoderResult;
  /**
   * Predicts the next target token at each position, from the source and the target tokens up to it.
   *
   * @param target int32, [batch, target], no longer than the context.
   * @param memory What the encoder made of the source.
   * @param pass Dropout and probes, where wanted: noise for 1 + 3 layers places.
   */
  readonly decode: (
    target: tf.Tensor2D,
    memory: Memory,
    pass?: StackPass,
  ) => DecoderResult;
}

/** Declares the parameters of {@linkcode encoderDecoder}. */
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
  const specs = {
    source: embedding(vocabulary.source),
    target: embedding(vocabulary.target),
    encoder: stack("without"),
    decoder: stack("with"),
  };
  if (options.head === "tied") return specs;
  const shape = [width, vocabulary.target];
  const head = initial.head(width, vocabulary.target);
  return { ...specs, head: { shape, initial: head } };
}

/** How an encoder-decoder computes. */
export type EncoderDecoderKind = Pick<
  EncoderDecoderOptions,
  "heads" | "normalization" | "activation"
>;

/**
 * The encoder-decoder transformer as functions of its parameters.
 *
 * Source: Vaswani et al. 2017, section 3.
 *
 * @param parameters Tensors in the places of `encoderDecoderSpecs`.
 * @param kind How it computes.
 */
export function encoderDecoder(
  parameters: EncoderDecoderParameters,
  { activation = "relu", ...kind }: EncoderDecoderKind,
): EncoderDecoder {
  const { source, target, encoder, decoder, head } = parameters;
  return {
    encode: (tokens, isToken, pass = {}) => {
      const mask = paddingMask(isToken);
      const x = embedTokens(tokens, source);
      const options = { ...kind, activation, mask };
      const { y, activations } = layerStack(x, encoder, options, pass);
      return { memory: y, mask, activations };
    },
    decode: (tokens, memory, pass = {}) => {
      const mask = causalMask(tokens.shape[1]);
      const x = embedTokens(tokens, target);
      const options = { ...kind, activation, mask, source: memory };
      const { y, ...rest } = layerStack(x, decoder, options, pass);
      const logits = head
        ? tokenLogits(y, { kind: "own", weight: head })
        : tokenLogits(y, { kind: "tied", tokens: target.tokens });
      return { next: new Categorical(logits), ...rest };
    },
  };
}

/**
 * Creates an encoder-decoder with variables of its own.
 *
 * @param options Its sizes and kind.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createEncoderDecoder(
  options: EncoderDecoderOptions,
  draw: DrawParameter,
): Owned<EncoderDecoder> {
  return createOwned(
    encoderDecoderSpecs(options),
    draw,
    (parameters) => encoderDecoder(parameters, options),
  );
}
