/**
 * One layer of a transformer.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { InitialBySize } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import type { Activation } from "./activation.ts";
import {
  attention,
  type AttentionParameters,
  attentionSpecs,
} from "./attention.ts";
import {
  feedForward,
  type FeedForwardParameters,
  feedForwardSpecs,
} from "./feed_forward.ts";
import { type LayerNormParameters, layerNormSpecs } from "./layer_norm.ts";
import { type Normalization, residual } from "./residual.ts";

/** A sublayer with its normalization. */
export interface Sublayer<Parameters, P = tf.Tensor> {
  /** Parameters of what is added to the residual path. */
  readonly sublayer: Parameters;
  /** Before the sublayer, or after the sum. */
  readonly norm: LayerNormParameters<P>;
}

/** The parameters of {@linkcode transformerLayer}. */
export interface TransformerLayerParameters<P = tf.Tensor> {
  /** Attention of each position to the others of its sequence. */
  readonly attention: Sublayer<AttentionParameters<P>, P>;
  /** In the decoder of an encoder-decoder. */
  readonly crossAttention?: Sublayer<AttentionParameters<P>, P>;
  /** Unless the layer is attention only. */
  readonly feedForward?: Sublayer<FeedForwardParameters<P>, P>;
}

/** Distributions of the weights that read from the residual path, and of those that write to it. */
export interface SublayerInitials {
  /** Initial weights of query, key, value and the first feed-forward layer. */
  readonly read: InitialBySize;
  /** Initial weights of the attention output and the second feed-forward layer. */
  readonly write: InitialBySize;
}

/** The sizes of a layer. */
export interface TransformerLayerSizes {
  /** Length of the vector at a position. */
  readonly width: number;
  /** Width between the two linear layers, or no feed-forward sublayer at all. */
  readonly feedForward: number | "none";
  /** Whether positions also look at a source, as in a decoder. */
  readonly crossAttention: "with" | "without";
  /** Initial weights; biases begin at zero. */
  readonly initial: SublayerInitials;
}

/** How a layer computes. */
export interface TransformerLayerOptions {
  /** Heads of each attention; they divide the width. */
  readonly heads: number;
  /** Where each sublayer's norm stands. */
  readonly normalization: Normalization;
  /** Activation of the feed-forward network. */
  readonly activation: Activation;
  /** Added to the scores of self-attention. */
  readonly mask?: tf.Tensor;
  /** What cross-attention looks at, and the mask added to its scores. */
  readonly source?: { readonly memory: tf.Tensor; readonly mask: tf.Tensor };
  /** Applied to what sublayer 0, 1, ... adds. */
  readonly drop: (x: tf.Tensor, sublayer: number) => tf.Tensor;
}

/** What a layer gives. */
export interface TransformerLayerResult {
  /** [batch, position, width] */
  readonly y: tf.Tensor;
  /** Weights of self-attention, [batch, head, position, position]. */
  readonly attention: tf.Tensor;
  /** Weights of cross-attention where there is one, [batch, head, target, source]. */
  readonly crossAttention?: tf.Tensor;
}

/** Declares the parameters of {@linkcode transformerLayer}. */
export function transformerLayerSpecs(
  { width, feedForward, crossAttention, initial }: TransformerLayerSizes,
): TransformerLayerParameters<ParameterSpec> {
  const attend = () => ({
    sublayer: attentionSpecs(width, {
      input: initial.read,
      output: initial.write,
    }),
    norm: layerNormSpecs(width),
  });
  return {
    attention: attend(),
    ...crossAttention === "with" && { crossAttention: attend() },
    ...feedForward !== "none" && {
      feedForward: {
        sublayer: feedForwardSpecs(width, feedForward, {
          widen: initial.read,
          narrow: initial.write,
        }),
        norm: layerNormSpecs(width),
      },
    },
  };
}

/**
 * Self-attention, cross-attention where declared, and the feed-forward network where declared, each with its residual.
 *
 * Source: Vaswani et al. 2017, section 3.1; pre-normalization as in Xiong et al. 2020.
 *
 * @param x [batch, position, width]
 * @param parameters Of the sublayers.
 * @param options How to compute.
 * @throws {TypeError} If cross-attention has nothing to look at.
 */
export function transformerLayer(
  x: tf.Tensor,
  parameters: TransformerLayerParameters,
  options: TransformerLayerOptions,
): TransformerLayerResult {
  const { heads, normalization, activation, mask, source, drop } = options;
  const self = parameters.attention;
  const masked = mask ? { heads, mask } : { heads };
  let place = 0;
  let selfWeights!: tf.Tensor; // set by the sublayer, which `residual` calls
  let y = residual(
    x,
    (x) => {
      const attended = attention(x, x, self.sublayer, masked);
      selfWeights = attended.weights;
      return drop(attended.y, place++);
    },
    self.norm,
    normalization,
  );

  let weights: tf.Tensor | undefined;
  const cross = parameters.crossAttention;
  if (cross) {
    if (!source) throw new TypeError("Expected a source for cross-attention");
    y = residual(
      y,
      (x) => {
        const attended = attention(x, source.memory, cross.sublayer, {
          heads,
          mask: source.mask,
        });
        weights = attended.weights;
        return drop(attended.y, place++);
      },
      cross.norm,
      normalization,
    );
  }

  const wide = parameters.feedForward;
  if (wide) {
    y = residual(
      y,
      (x) => drop(feedForward(x, wide.sublayer, activation), place++),
      wide.norm,
      normalization,
    );
  }
  return {
    y,
    attention: selfWeights,
    ...weights && { crossAttention: weights },
  };
}

/** Sublayers of a layer: as many as `drop` is called for. */
export function countSublayers(
  { crossAttention, feedForward }: TransformerLayerParameters<unknown>,
): number {
  return 1 + Number(crossAttention !== undefined) +
    Number(feedForward !== undefined);
}
