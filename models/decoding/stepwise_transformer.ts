/**
 * The encoder-decoder transformer token by token, with keys and values that are kept.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Activation } from "../layers/activation.ts";
import { type KeysAndValues, keysAndValues } from "./cached_attention.ts";
import { decoderStep } from "./decoder_step.ts";
import { embedding } from "../layers/embedding.ts";
import type { EncoderDecoderParameters } from "./encoder_decoder_parameters.ts";
import { layerStack } from "../layers/layer_stack.ts";
import { paddingMask } from "../layers/mask.ts";
import type { Normalization } from "../layers/residual.ts";
import { sinusoidalPositions } from "../layers/sinusoidal_positions.ts";
import type {
  NamedTensors,
  StepwiseTranslator,
} from "./stepwise_translator.ts";
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
 * Names the arrays of a layer: `PART/keys/LAYER` and `PART/values/LAYER`.
 *
 * @param part Of the source, or of what was written.
 * @param layer Its number, from 0.
 */
export function layerNames(
  part: "source" | "written",
  layer: number,
): { readonly keys: string; readonly values: string } {
  return { keys: `${part}/keys/${layer}`, values: `${part}/values/${layer}` };
}

/**
 * An encoder-decoder that reads one token at a time; it says what the whole decoder says at that position.
 *
 * What the source gives is `isToken`, [batch, source], and keys and values of each layer,
 * [batch, head, source, width / heads]. What steps are told besides is `position`, how many tokens the sequences of each
 * sentence have, int32, [batch]; keys and values of each layer, [batch, head, slot, width / heads], in which any slot
 * may hold a position of any sequence; and `mask`, zero at the slots that hold a sequence's own positions and -1e9 at
 * all others, [batch, beam, slot]. A step makes keys and values of its position, [batch, head, beam, width / heads].
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
  const { heads } = kind;

  return {
    encode: (tokens, isToken) => {
      const x = embedTokens(tokens, source ?? target);
      const mask = paddingMask(isToken);
      const { y } = layerStack(x, encoder, { ...kind, mask }, {});
      const made = layers.map(({ crossAttention }) => {
        if (!crossAttention) {
          throw new TypeError("Expected layers with cross-attention");
        }
        return keysAndValues(y, crossAttention.sublayer, heads);
      });
      return { source: { isToken, ...named("source", made) }, first: {} };
    },
    step: (token, told) => {
      const [batch, beams] = token.shape;
      const { position, mask, isToken } = told;
      const of = (part: "source" | "written", layer: number) => {
        const { keys, values } = layerNames(part, layer);
        return { keys: told[keys]!, values: told[values]! }; // of every layer
      };
      const caches = layers.map((_, layer) => ({
        self: of("written", layer),
        cross: of("source", layer),
      }));
      const places = target.positions ?? sinusoidalPositions(context, width);
      const scale = target.positions ? 1 : Math.sqrt(width);
      const x = embedding(token, target.tokens).mul(scale)
        .add(embedding(position!, places).reshape([batch, 1, width])); // told
      const slots = mask!.shape[2]!; // rank 3
      const { y, now, weights } = decoderStep(x, decoder, caches, {
        ...kind,
        selfMask: mask!.reshape([batch, 1, beams, slots]), // told
        crossMask: paddingMask(isToken as tf.Tensor2D), // of `encode`
      });
      const logits = head
        ? tokenLogits(y, { kind: "own", weight: head })
        : tokenLogits(y, { kind: "tied", tokens: target.tokens });
      return { logits, made: named("written", now), weights };
    },
  };
}

function named(
  part: "source" | "written",
  layers: readonly KeysAndValues[],
): NamedTensors {
  return Object.fromEntries(layers.flatMap(({ keys, values }, layer) => {
    const names = layerNames(part, layer);
    return [[names.keys, keys], [names.values, values]] as const;
  }));
}
