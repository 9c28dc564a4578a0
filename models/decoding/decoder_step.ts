/**
 * One position of a decoder, from what is kept of the positions before.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../layers/activation.ts";
import {
  attendToCache,
  type KeysAndValues,
  keysAndValues,
  writeToCache,
} from "./cached_attention.ts";
import { feedForward } from "../layers/feed_forward.ts";
import { layerNorm } from "../layers/layer_norm.ts";
import type { LayerStackParameters } from "../layers/layer_stack.ts";
import { type Normalization, residual } from "../layers/residual.ts";

/** What a decoder keeps of a layer. */
export interface LayerCache {
  /** Keys and values of the positions written so far, [batch * beam, context, width]. */
  readonly self: KeysAndValues;
  /** Keys and values of the source, [batch, source, width]. */
  readonly cross: KeysAndValues;
}

/** How a position is computed. */
export interface DecoderStepOptions {
  /** Heads of each attention. */
  readonly heads: number;
  /** Where each sublayer's norm stands. */
  readonly normalization: Normalization;
  /** Function in the feed-forward networks. */
  readonly activation: Activation;
  /** One at the position that is computed, [batch * beam, context, 1]. */
  readonly isNow: tf.Tensor;
  /** Hides the positions behind it, [batch * beam, 1, 1, context]. */
  readonly selfMask: tf.Tensor;
  /** Hides padding of the source, [batch, 1, 1, source]. */
  readonly crossMask: tf.Tensor;
}

/** What a position gives. */
export interface DecoderStepResult {
  /** After the final norm where there is one, [batch, beam, width]. */
  readonly y: tf.Tensor;
  /** Each layer's keys and values with this position's. */
  readonly self: readonly KeysAndValues[];
  /** How much the last layer looks at the source, the mean over heads, [batch, beam, source]. */
  readonly weights: tf.Tensor;
}

/**
 * Computes one position of all layers: equal to the last position of `layerStack` over all positions, at a cost that
 * grows with their number, not with its square.
 *
 * @param x What enters, [batch, beam, width].
 * @param parameters Of the layers, all with cross-attention.
 * @param caches Of each layer.
 * @param options How to compute.
 * @throws {TypeError} If a layer has no cross-attention.
 */
export function decoderStep(
  x: tf.Tensor,
  { layers, finalNorm }: LayerStackParameters,
  caches: readonly LayerCache[],
  options: DecoderStepOptions,
): DecoderStepResult {
  const { heads, normalization, activation, isNow } = options;
  const [batch, beams, width] = x.shape;
  const self: KeysAndValues[] = [];
  let weights: tf.Tensor = tf.zeros([1]);
  let y = x;
  layers.forEach(({ attention, crossAttention, ...layer }, i) => {
    const cache = caches[i]!; // one for each
    if (!crossAttention) {
      throw new TypeError("Expected layers with cross-attention");
    }
    y = residual(
      y,
      (x) => {
        const row = x.reshape([-1, 1, width!]); // rank 3
        const now = keysAndValues(row, attention.sublayer);
        const kept = writeToCache(cache.self, isNow, now);
        self.push(kept);
        return attendToCache(row, kept, attention.sublayer, {
          heads,
          mask: options.selfMask,
        }).y.reshape([batch!, beams!, width!]); // rank 3
      },
      attention.norm,
      normalization,
    );
    y = residual(
      y,
      (x) => {
        const { sublayer } = crossAttention;
        const mask = options.crossMask;
        const attended = attendToCache(x, cache.cross, sublayer, {
          heads,
          mask,
        });
        weights = attended.weights.mean(1);
        return attended.y;
      },
      crossAttention.norm,
      normalization,
    );
    const wide = layer.feedForward;
    if (!wide) return;
    y = residual(
      y,
      (x) => feedForward(x, wide.sublayer, activation),
      wide.norm,
      normalization,
    );
  });
  return { y: finalNorm ? layerNorm(y, finalNorm) : y, self, weights };
}
