/**
 * The decoder-only transformer: a model of the next token.
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
import { causalMask } from "./layers/mask.ts";
import type { SequenceOptions } from "./layers/sequence_options.ts";
import {
  embedTokens,
  type TokenEmbeddingParameters,
  tokenEmbeddingSpecs,
} from "./layers/token_embedding.ts";
import { tokenLogits } from "./layers/token_logits.ts";
import {
  createOwned,
  type Owned,
  type ParameterSpec,
  type SampleParameter,
} from "./parameters/parameters.ts";
import { transformerInitials } from "./layers/transformer_initials.ts";

/** The sizes and the kind of a transformer. */
export interface TransformerOptions extends SequenceOptions {
  /** Tokens that there are. */
  readonly vocabulary: number;
}

/** The parameters of {@linkcode transformer}. */
export interface TransformerParameters<P = tf.Tensor> {
  /** Vectors of the tokens, and of the positions where these are learned. */
  readonly embedding: TokenEmbeddingParameters<P>;
  /** Layers between the embedding and the logits. */
  readonly stack: LayerStackParameters<P>;
  /** [width, vocabulary], unless tied. */
  readonly head?: P;
}

/** What a transformer gives. */
export interface TransformerResult {
  /** The next token at each position, over [batch, position]. */
  readonly next: Categorical;
  /** How much each position looks at those up to it, by layer, [batch, head, position, position]. */
  readonly attention: readonly tf.Tensor[];
  /** The embedding and the output of each layer, 1 + layers of [batch, position, width]. */
  readonly activations: readonly tf.Tensor[];
}

/** A model of the next token. */
export interface Transformer {
  /**
   * Predicts the next token at each position, from the tokens up to it.
   *
   * @param tokens int32, [batch, position], no longer than the context.
   * @param pass Dropout and probes, where wanted.
   */
  readonly predict: (
    tokens: tf.Tensor2D,
    pass?: StackPass,
  ) => TransformerResult;
}

/** Declares the parameters of {@linkcode transformer}. */
export function transformerSpecs(
  options: TransformerOptions,
): TransformerParameters<ParameterSpec> {
  const { vocabulary, width, layers, feedForward } = options;
  const initial = transformerInitials(options.initialization ?? "glorot", {
    width,
    sublayers: layers * (feedForward === "none" ? 1 : 2),
  });
  const specs = {
    embedding: tokenEmbeddingSpecs({
      ...options,
      positions: options.positions ?? "learned",
      initial: initial.embedding,
    }),
    stack: layerStackSpecs({
      ...options,
      crossAttention: "without",
      initial: initial.sublayer,
    }),
  };
  if (options.head === "tied") return specs;
  const head = initial.head(width, vocabulary);
  return { ...specs, head: { shape: [width, vocabulary], initial: head } };
}

/** How a transformer computes. */
export type TransformerKind = Pick<
  TransformerOptions,
  "heads" | "normalization" | "activation"
>;

/**
 * The decoder-only transformer as a function of its parameters.
 *
 * Source: Vaswani et al. 2017, section 3, without encoder; Radford et al. 2019, section 2.3.
 *
 * @param parameters Tensors in the places of `transformerSpecs`.
 * @param kind How it computes.
 */
export function transformer(
  { embedding, stack, head: weight }: TransformerParameters,
  { activation = "gelu", ...kind }: TransformerKind,
): Transformer {
  return {
    predict: (tokens, pass = {}) => {
      const [, length] = tokens.shape;
      const { y, activations, attention } = layerStack(
        embedTokens(tokens, embedding),
        stack,
        { ...kind, activation, mask: causalMask(length) },
        pass,
      );
      const { tokens: table } = embedding;
      const logits = weight
        ? tokenLogits(y, { kind: "own", weight })
        : tokenLogits(y, { kind: "tied", tokens: table });
      return { next: new Categorical(logits), activations, attention };
    },
  };
}

/**
 * Creates a transformer with variables of its own.
 *
 * @param options Its sizes and kind.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createTransformer(
  options: TransformerOptions,
  draw: SampleParameter,
): Owned<Transformer> {
  return createOwned(
    transformerSpecs(options),
    draw,
    (parameters) => transformer(parameters, options),
  );
}
