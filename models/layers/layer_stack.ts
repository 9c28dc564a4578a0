/**
 * The layers of a transformer, one after another.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Activation } from "./activation.ts";
import { dropAt, type DropoutNoise } from "./dropout.ts";
import {
  layerNorm,
  type LayerNormParameters,
  layerNormSpecs,
} from "./layer_norm.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import type { Normalization } from "./residual.ts";
import {
  countSublayers,
  transformerLayer,
  type TransformerLayerParameters,
  type TransformerLayerSizes,
  transformerLayerSpecs,
} from "./transformer_layer.ts";

/** The parameters of {@linkcode layerStack}. */
export interface LayerStackParameters<P = tf.Tensor> {
  /** In order of depth. */
  readonly layers: readonly TransformerLayerParameters<P>[];
  /** After the last layer, for pre-normalization. */
  readonly finalNorm?: LayerNormParameters<P>;
}

/** The sizes of a stack. */
export interface LayerStackSizes extends TransformerLayerSizes {
  /** How many, one after another. */
  readonly layers: number;
  /** `pre` adds a norm after the last layer. */
  readonly normalization: Normalization;
}

/** What may be added to a pass through a stack. */
export interface StackPass {
  /** Noise for 1 + layers * sublayers places: what enters the stack, then what each sublayer adds, in order. */
  readonly dropout?: DropoutNoise;
  /**
   * Added to what enters the stack and to the output of each layer, 1 + layers of [batch, position, width].
   *
   * The gradient of a loss with respect to a probe of zeros is that with respect to the activation.
   */
  readonly probes?: readonly tf.Tensor[];
}

/** How a stack computes. */
export interface LayerStackOptions {
  /** Heads of each attention; they divide the width. */
  readonly heads: number;
  /** As in the sizes of the stack. */
  readonly normalization: Normalization;
  /** Activation of the feed-forward networks. */
  readonly activation: Activation;
  /** Added to the scores of self-attention. */
  readonly mask: tf.Tensor;
  /** What cross-attention looks at, and the mask added to its scores. */
  readonly source?: { readonly memory: tf.Tensor; readonly mask: tf.Tensor };
}

/** What a stack gives. */
export interface LayerStackResult {
  /** After the final norm where there is one, [batch, position, width]. */
  readonly y: tf.Tensor;
  /** What entered and the output of each layer, 1 + layers of [batch, position, width]. */
  readonly activations: readonly tf.Tensor[];
  /** Weights of each layer's self-attention, [batch, head, position, position]. */
  readonly attention: readonly tf.Tensor[];
  /** Weights of each layer's cross-attention, where there is one, [batch, head, target, source]. */
  readonly crossAttention: readonly tf.Tensor[];
}

/** Declares the parameters of {@linkcode layerStack}. */
export function layerStackSpecs(
  sizes: LayerStackSizes,
): LayerStackParameters<ParameterSpec> {
  const { layers: length, normalization, width } = sizes;
  const layers = Array.from({ length }, () => transformerLayerSpecs(sizes));
  return normalization === "pre"
    ? { layers, finalNorm: layerNormSpecs(width) }
    : { layers };
}

/**
 * Passes vectors through all layers.
 *
 * @param x [batch, position, width]
 * @param parameters Of the layers.
 * @param options How to compute.
 * @param pass What to add.
 * @throws {RangeError} If there are not as many probes, or places of noise, as it takes.
 */
export function layerStack(
  x: tf.Tensor,
  { layers, finalNorm }: LayerStackParameters,
  options: LayerStackOptions,
  { dropout, probes }: StackPass,
): LayerStackResult {
  if (probes && probes.length !== layers.length + 1) {
    throw new RangeError(
      `Expected ${layers.length + 1} probes but found ${probes.length}`,
    );
  }
  const probe = (x: tf.Tensor, i: number) => probes ? x.add(probes[i]!) : x; // counted above
  const sublayers = layers.map(countSublayers);
  const places = 1 + sublayers.reduce((sum, count) => sum + count, 0);
  const drop = dropAt({ places, noise: dropout });

  const activations = [probe(drop(x, 0), 0)];
  const attention: tf.Tensor[] = [];
  const crossAttention: tf.Tensor[] = [];
  let place = 1;
  layers.forEach((layer, i) => {
    const first = place;
    const result = transformerLayer(activations[i]!, layer, {
      ...options,
      drop: (x, sublayer) => drop(x, first + sublayer),
    });
    place += sublayers[i]!; // one for each layer
    activations.push(probe(result.y, i + 1));
    attention.push(result.attention);
    if (result.crossAttention) crossAttention.push(result.crossAttention);
  });
  const last = activations.at(-1)!; // at least what entered
  const y = finalNorm ? layerNorm(last, finalNorm) : last;
  return { y, activations, attention, crossAttention };
}
