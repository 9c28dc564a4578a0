/**
 * Weights divided by their largest singular value.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { stopGradient } from "../gradients/stop_gradient.ts";
import { normal } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** Keeps the direction of a vector of zeros finite. */
const EPSILON = 1e-12;

/** A weight of spectral norm 1, or nearly so. */
export interface SpectrallyNormalized {
  /** Weight over its largest singular value, in the shape that was given. */
  readonly weight: tf.Tensor;
  /** The estimate of the largest singular value, a scalar. */
  readonly sigma: tf.Tensor;
  /** The singular vector over the leading axes, of length 1, that the next iteration begins with. */
  readonly left: tf.Tensor;
}

/** Declares the singular vector that power iterations carry on, over all axes of a weight but the last. */
export function singularVectorSpec(
  { shape }: Pick<ParameterSpec, "shape">,
): ParameterSpec {
  const length = shape.slice(0, -1).reduce((size, side) => size * side, 1);
  return { shape: [length], initial: normal(1) };
}

/**
 * Divides a weight by an estimate of its largest singular value, after one power iteration.
 *
 * The singular vectors are constants of the gradient, so that the estimate's gradient is left right^T.
 *
 * Source: Miyato et al. 2018, algorithm 1 and eq. 10.
 *
 * @param weight [..., output], a matrix of all leading axes by the last: `linear()`'s weight, or a filter.
 * @param left From the iteration before.
 * @returns The weight, the estimate, and the vector for the next iteration.
 */
export function spectralNorm(
  weight: tf.Tensor,
  left: tf.Tensor,
): SpectrallyNormalized {
  const matrix = weight.as2D(-1, weight.shape.at(-1)!); // rank 1 or more
  const frozen = stopGradient(matrix);
  const right = unit(frozen.transpose().matMul(column(left)));
  const next = unit(frozen.matMul(right));
  return divided(weight, matrix, next, right);
}

/**
 * Divides a weight by the estimate that its newest singular vector gives, without an iteration: as in evaluation.
 *
 * @param weight [..., output]
 * @param left From the newest iteration.
 */
export function spectralNormBy(
  weight: tf.Tensor,
  left: tf.Tensor,
): SpectrallyNormalized {
  const matrix = weight.as2D(-1, weight.shape.at(-1)!); // rank 1 or more
  const now = unit(column(stopGradient(left)));
  const right = unit(stopGradient(matrix).transpose().matMul(now));
  return divided(weight, matrix, now, right);
}

function divided(
  weight: tf.Tensor,
  matrix: tf.Tensor2D,
  left: tf.Tensor2D,
  right: tf.Tensor2D,
): SpectrallyNormalized {
  const sigma = matrix.matMul(right).mul(left).sum();
  return { weight: weight.div(sigma), sigma, left: left.as1D() };
}

function column(x: tf.Tensor): tf.Tensor2D {
  return x.as2D(x.size, 1);
}

function unit(x: tf.Tensor): tf.Tensor2D {
  return x.div(tf.maximum(x.square().sum().sqrt(), EPSILON));
}
