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
  return withGradient([x, scale, shift], {
    value: (x, scale, shift) => normalize(x).y.mul(scale!).add(shift!), // three in, as in the gradient
    gradient: (dz, x, scale) => layerNormGradient(dz, x, scale!),
  });
}

/** y = (x - mean) / standard deviation, and the reciprocal of the latter. */
function normalize(x: tf.Tensor): { y: tf.Tensor; reciprocal: tf.Tensor } {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  const reciprocal = variance.add(EPSILON).rsqrt();
  return { y: centred.mul(reciprocal), reciprocal };
}

/**
 * The gradients of x, scale and shift from that of z = scale y + shift: with dy = scale dz and means over the vector,
 * dx = (dy - mean(dy) - y mean(dy y)) / standard deviation.
 */
function layerNormGradient(
  dz: tf.Tensor,
  x: tf.Tensor,
  scale: tf.Tensor,
): tf.Tensor[] {
  const { y, reciprocal } = normalize(x);
  const dy = dz.mul(scale);
  const product = dz.mul(y);
  const weights = scale.div(scale.size).as2D(scale.size, 1);
  const mean = (of: tf.Tensor) =>
    rows(of).matMul<tf.Tensor2D>(weights).reshape(reciprocal.shape);
  const dx = dy.sub(mean(dz)).sub(y.mul(mean(product))).mul(reciprocal);
  return [dx, rows(product).sum(0), rows(dz).sum(0)];
}

/** [..., width] -> [rows, width] */
function rows(x: tf.Tensor): tf.Tensor2D {
  return x.reshape([-1, x.shape.at(-1)!]); // rank 1 or more
}
