/**
 * The encoder-decoder transformer token by token, with keys and values that are kept.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type {
  EncodedSource,
  StepwiseTranslator,
} from "../recurrent/translator.ts";
import type { Activation } from "../layers/activation.ts";
import { type KeysAndValues, keysAndValues } from "./cached_attention.ts";
import { decoderStep } from "./decoder_step.ts";
import { embedding } from "../layers/embedding.ts";
import type { EncoderDecoderParameters } from "./encoder_decoder_parameters.ts";
import { layerStack } from "../layers/layer_stack.ts";
import { paddingMask } from "../layers/mask.ts";
import type { Normalization } from "../layers/residual.ts";
import { sinusoidalPositions } from "../layers/sinusoidal_positions.ts";
import { embedTokens } from "../layers/token_embedding.ts";
import { tokenLogits } from "../layers/token_logits.ts";

/** How it computes. */
export interface StepwiseOptions {
  /** Heads of each attention. */
  readonly heads: number;
  /** Where each sublayer's norm stands. */
  readonly normalization: Normalization;
  /** Function in the feed-forward networks. */
  readonly activation: Activation;
  /** The most positions of a target. */
  readonly context: number;
}

/**
 * Counts the numbers that a target in progress is kept in: keys and values of each layer and position, and how many
 * positions there are.
 *
 * @param sizes Layers, most positions, and width.
 */
export function stateSize(
  { layers, context, width }: {
    readonly layers: number;
    readonly context: number;
    readonly width: number;
  },
): number {
  return 2 * layers * context * width + 1;
}

/**
 * An encoder-decoder that reads one token at a time; it says what the whole decoder says at that position.
 *
 * What the source gives is `memory` and `keys`: the values and keys of all layers, side by side.
 *
 * @param parameters Of the model.
 * @param options How it computes.
 */
export function stepwiseTransformer(
  { source, target, encoder, decoder, head }: EncoderDecoderParameters,
  { context, ...kind }: StepwiseOptions,
): StepwiseTranslator {
  const { layers } = decoder;
  const width = target.tokens.shape[1]!; // a matrix
  const size = stateSize({ layers: layers.length, context, width });

  return {
    encode: (tokens, isToken): EncodedSource => {
      const x = embedTokens(tokens, source ?? target);
      const mask = paddingMask(isToken);
      const { y } = layerStack(x, encoder, { ...kind, mask }, {});
      const made = layers.map(({ crossAttention }) => {
        if (crossAttention) return keysAndValues(y, crossAttention.sublayer);
        throw new TypeError("Expected layers with cross-attention");
      });
      return {
        keys: tf.concat(made.map(({ keys }) => keys), 2),
        memory: tf.concat(made.map(({ values }) => values), 2),
        isToken,
        state: tf.zeros([tokens.shape[0], size]),
      };
    },
    step: (token, state, { memory, keys, isToken }) => {
      const [batch, beams] = token.shape;
      const rows = batch * beams;
      const flat = state.reshape([rows, size]);
      const written = tf.slice(flat, [0, size - 1], [rows, 1]); // positions so far
      const places = tf.range(0, context).reshape([1, context]);
      const isNow = places.equal(written).cast("float32"); // [row, context]
      const isSeen = places.lessEqual(written).cast("float32") as tf.Tensor2D; // a matrix
      const kept = (i: number) =>
        tf.slice(flat, [0, i * context * width], [rows, context * width])
          .reshape([rows, context, width]);
      const part = (x: tf.Tensor, i: number) =>
        tf.slice(x, [0, 0, i * width], [batch, isToken.shape[1], width]);
      const caches = layers.map((_, i) => ({
        self: { keys: kept(2 * i), values: kept(2 * i + 1) },
        cross: { keys: part(keys!, i), values: part(memory, i) }, // of `encode`
      }));
      const scale = target.positions ? 1 : Math.sqrt(width);
      const waves = target.positions
        ? tf.slice(target.positions, [0, 0], [context, width])
        : sinusoidalPositions(context, width);
      const x = embedding(token, target.tokens).mul(scale)
        .add(tf.matMul(isNow, waves).reshape([batch, beams, width]));
      const { y, self, weights } = decoderStep(x, decoder, caches, {
        ...kind,
        isNow: isNow.expandDims(2),
        selfMask: paddingMask(isSeen),
        crossMask: paddingMask(isToken),
      });
      const rest = self.flatMap(({ keys, values }: KeysAndValues) =>
        [keys, values].map((one) => one.reshape([rows, context * width]))
      );
      return {
        logits: tokenLogits(
          y,
          head
            ? { kind: "own", weight: head }
            : { kind: "tied", tokens: target.tokens },
        ),
        state: tf.concat([...rest, written.add(1)], 1)
          .reshape([batch, beams, size]),
        weights,
      };
    },
  };
}
