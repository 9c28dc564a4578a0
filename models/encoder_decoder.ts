/**
 * The encoder-decoder transformer: a model of a target sequence given a source sequence.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { Categorical } from "./distributions/categorical.ts";
import {
  type EncoderDecoderOptions,
  type EncoderDecoderParameters,
  encoderDecoderSpecs,
} from "./decoding/encoder_decoder_parameters.ts";
import { layerStack, type StackPass } from "./layers/layer_stack.ts";
import { causalMask, paddingMask } from "./layers/mask.ts";
import { stepwiseTransformer } from "./decoding/stepwise_transformer.ts";
import { embedTokens } from "./layers/token_embedding.ts";
import { tokenLogits } from "./layers/token_logits.ts";
import {
  createOwned,
  type Owned,
  type SampleParameter,
} from "./parameters/parameters.ts";
import type { StepwiseTranslator } from "./decoding/stepwise_translator.ts";

export {
  type EncoderDecoderOptions,
  type EncoderDecoderParameters,
  encoderDecoderSpecs,
};

/** A source sequence as the decoder sees it. */
export interface Memory {
  /** [batch, source, width] */
  readonly memory: tf.Tensor;
  /** Hides padding, [batch, 1, 1, source]. */
  readonly mask: tf.Tensor;
}

/** What the encoder gives. */
export interface EncoderResult extends Memory {
  /** How much each source position looks at each other, by layer, [batch, head, source, source]. */
  readonly attention: readonly tf.Tensor[];
  /** The embedding and the output of each layer, 1 + layers of [batch, source, width]. */
  readonly activations: readonly tf.Tensor[];
}

/** What the decoder gives. */
export interface DecoderResult {
  /** The next token at each position, over [batch, target]. */
  readonly next: Categorical;
  /** How much each target position looks at those up to it, by layer, [batch, head, target, target]. */
  readonly attention: readonly tf.Tensor[];
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
  /**
   * Gives the model token by token: keys and values of earlier positions are kept, so that a target of any length costs
   * in proportion to it.
   *
   * @param context The most positions of a target.
   */
  readonly stepwise: (context: number) => StepwiseTranslator;
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
      const x = embedTokens(tokens, source ?? target);
      const options = { ...kind, activation, mask };
      const { y, activations, attention } = layerStack(
        x,
        encoder,
        options,
        pass,
      );
      return { memory: y, mask, activations, attention };
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
    stepwise: (context) =>
      stepwiseTransformer(parameters, { ...kind, activation, context }),
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
  draw: SampleParameter,
): Owned<EncoderDecoder> {
  return createOwned(
    encoderDecoderSpecs(options),
    draw,
    (parameters) => encoderDecoder(parameters, options),
  );
}
