/**
 * Numbers left out by chance.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/**
 * Sets numbers to zero with probability `rate`, and divides the others by 1 - rate to keep the expectation.
 *
 * Source: Srivastava et al. 2014, section 10, scaled in training.
 *
 * @param x Any shape.
 * @param noise Uniform in [0, 1), of the same shape.
 * @param rate In [0, 1).
 * @returns The same shape.
 * @throws {RangeError} If the rate is not in [0, 1).
 */
export function dropout(
  x: tf.Tensor,
  noise: tf.Tensor,
  rate: number,
): tf.Tensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`Expected dropout rate in [0, 1) but found ${rate}`);
  }
  const isKept = noise.greaterEqual(rate).cast("float32");
  return x.mul(isKept.div(1 - rate));
}

/** Dropout at several places of a network. */
export interface DropoutNoise {
  /** Probability that a number is left out, in [0, 1). */
  readonly rate: number;
  /** Uniform in [0, 1), [place, batch, position, width]. */
  readonly noise: tf.Tensor;
}

/** Leaves out numbers of x at a place of the network. */
export type DropAt = (x: tf.Tensor, place: number) => tf.Tensor;

/**
 * Spreads noise over the places of a network.
 *
 * @param noise Nothing for a network that is not being trained: all numbers are kept.
 * @throws {RangeError} If the noise is for another number of places.
 */
export function dropAt(
  { places, noise }: { places: number; noise: DropoutNoise | undefined },
): DropAt {
  if (noise === undefined) return (x) => x;
  const found = noise.noise.shape[0];
  if (found !== places) {
    throw new RangeError(
      `Expected dropout noise for ${places} places but found ${found}`,
    );
  }
  const parts = noise.noise.unstack();
  return (x, place) => dropout(x, parts[place]!, noise.rate); // counted above
}
