/**
 * A path around a sublayer.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { layerNorm, type LayerNormParameters } from "./layer_norm.ts";

/** Where the normalization stands: before the sublayer, beside the path, or after the sum, on the path. */
export type Normalization = "pre" | "post";

/**
 * Adds what a sublayer makes of x to x: x + f(norm(x)) for `pre`, norm(x + f(x)) for `post`.
 *
 * Source: Xiong et al. 2020, table 1.
 *
 * @param x [..., width]
 * @param sublayer From and to [..., width].
 * @param norm Of the layer norm, [width].
 * @param normalization Where it stands.
 * @returns [..., width]
 */
export function residual(
  x: tf.Tensor,
  sublayer: (x: tf.Tensor) => tf.Tensor,
  norm: LayerNormParameters,
  normalization: Normalization,
): tf.Tensor {
  return normalization === "pre"
    ? x.add(sublayer(layerNorm(x, norm)))
    : layerNorm(x.add(sublayer(x)), norm);
}
