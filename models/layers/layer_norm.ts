/**
 * Vectors with mean 0 and variance 1.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { ones, zeros } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { withGradient } from "../gradients/with_gradient.ts";

/** Added to the variance. */
const EPSILON = 1e-5;

/** The parameters of {@linkcode layerNorm}. */
export interface LayerNormParameters<P = tf.Tensor> {
  /** [width] */
  readonly scale: P;
  /** [width] */
  readonly shift: P;
}

/** Declares the parameters of {@linkcode layerNorm}: it begins as the plain normalization. */
export function layerNormSpecs(
  width: number,
): LayerNormParameters<ParameterSpec> {
  return {
    scale: { shape: [width], initial: ones },
    shift: { shape: [width], initial: zeros },
  };
}

/**
 * Brings each vector to mean 0 and variance 1, then scales and shifts its numbers.
 *
 * Source: Ba et al. 2016, eq. 4; 1e-5 is added to the variance.
 *
 * @param x [..., width]
 * @param parameters Scale and shift, [width].
 * @returns [..., width]
 */
export function layerNorm(
  x: tf.Tensor,
  { scale, shift }: LayerNormParameters,
): tf.Tensor {
  const normalized = withGradient([x], {
    value: (x) => normalize(x).y,
    gradient: (dy, x) => [normalizeGradient(dy, x)],
  });
  return normalized.mul(scale).add(shift);
}

/** y = (x - mean) / standard deviation, and the reciprocal of the latter. */
function normalize(x: tf.Tensor): { y: tf.Tensor; reciprocal: tf.Tensor } {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  const reciprocal = variance.add(EPSILON).rsqrt();
  return { y: centred.mul(reciprocal), reciprocal };
}

/** dx = (dy - mean(dy) - y mean(dy y)) / standard deviation, with means over the vector. */
function normalizeGradient(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const { y, reciprocal } = normalize(x);
  const along = dy.mul(y).mean(-1, true);
  return dy.sub(dy.mean(-1, true)).sub(y.mul(along)).mul(reciprocal);
}
