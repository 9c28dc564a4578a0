/**
 * Gradients of bounded length.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Gradients } from "../gradients/value_and_gradients.ts";

/** Gradients after clipping, and how long they were before. */
export interface ClippedGradients {
  /** By the names given, all shortened by one factor. */
  readonly gradients: Gradients;
  /** Euclidean length of all gradients together, before clipping: worth recording. */
  readonly norm: tf.Scalar;
}

/**
 * Shortens gradients, all by one factor, so that together they are no longer than a limit.
 *
 * Source: Pascanu et al. 2013, algorithm 1.
 *
 * @param gradients By name.
 * @param limit The greatest Euclidean length of all gradients together, positive.
 * @returns Gradients by the same names; unchanged where they are short enough.
 */
export function clipByGlobalNorm(
  gradients: Gradients,
  limit: number,
): ClippedGradients {
  const norm = globalNorm(gradients);
  const factor = tf.minimum(1, tf.div(limit, norm)); // limit / 0 is infinite: the factor is 1
  const clipped = Object.entries(gradients).map(([name, gradient]) =>
    [name, gradient.mul(factor)] as const
  );
  return { gradients: Object.fromEntries(clipped), norm };
}

/**
 * Euclidean length of all gradients together.
 *
 * @param gradients By name.
 * @returns A scalar.
 */
export function globalNorm(gradients: Gradients): tf.Scalar {
  const squares = Object.values(gradients).map((gradient) =>
    gradient.square().sum()
  );
  return tf.addN(squares).sqrt().asScalar();
}
