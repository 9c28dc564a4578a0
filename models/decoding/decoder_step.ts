/**
 * One position of a decoder, from what is kept of the positions before.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../layers/activation.ts";
import {
  attendToCache,
  attendToOwn,
  type KeysAndValues,
} from "./cached_attention.ts";
import { feedForward } from "../layers/feed_forward.ts";
import { layerNorm } from "../layers/layer_norm.ts";
import type { LayerStackParameters } from "../layers/layer_stack.ts";
import { type Normalization, residual } from "../layers/residual.ts";

/** What a decoder keeps of a layer. */
export interface LayerCache {
  /** Keys and values of what the sequences of each sentence have written, [batch, head, slot, width / heads]. */
  readonly self: KeysAndValues;
  /** Keys and values of the source, [batch, head, source, width / heads]. */
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
  /** Hides the slots that hold no position of a sequence, [batch, 1, beam, slot]. */
  readonly selfMask: tf.Tensor;
  /** Hides padding of the source, [batch, 1, 1, source]. */
  readonly crossMask: tf.Tensor;
}

/** What a position gives. */
export interface DecoderStepResult {
  /** After the final norm where there is one, [batch, beam, width]. */
  readonly y: tf.Tensor;
  /** Each layer's keys and values of this position, [batch, head, beam, width / heads]. */
  readonly now: readonly KeysAndValues[];
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
  { heads, normalization, activation, selfMask, crossMask }: DecoderStepOptions,
): DecoderStepResult {
  const now: KeysAndValues[] = [];
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
        const options = { heads, mask: selfMask };
        const own = attendToOwn(x, cache.self, attention.sublayer, options);
        now.push(own.now);
        return own.y;
      },
      attention.norm,
      normalization,
    );
    y = residual(
      y,
      (x) => {
        const { sublayer } = crossAttention;
        const options = { heads, mask: crossMask };
        const attended = attendToCache(x, cache.cross, sublayer, options);
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
  return { y: finalNorm ? layerNorm(y, finalNorm) : y, now, weights };
}
