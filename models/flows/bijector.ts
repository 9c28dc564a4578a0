/**
 * Maps that can be undone, with the volume that they stretch.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** What a bijector makes of a batch. */
export interface Transformed {
  /** [batch, ...] */
  readonly value: tf.Tensor;
  /** log |det dvalue/dx| of each item, in nats, [batch]. */
  readonly logDet: tf.Tensor;
}

/** A map that can be undone; data go forward to latents. */
export interface Bijector {
  /** From data to latents: x [batch, ...]. */
  readonly forward: (x: tf.Tensor) => Transformed;
  /** From latents to data, [batch, ...]. */
  readonly inverse: (z: tf.Tensor) => tf.Tensor;
  /**
   * Assigns those variables that begin with values measured on a first batch, and gives the batch after the map; absent
   * where there are none.
   */
  readonly start?: (x: tf.Tensor) => tf.Tensor;
}

/**
 * Composes bijectors: the first one is the nearest to the data.
 *
 * Source: Rezende & Mohamed 2015, eqs. 6 and 7: values are composed, log determinants added.
 *
 * @param parts At least one.
 * @throws {RangeError} If there is none.
 */
export function chain(parts: readonly Bijector[]): Bijector {
  if (parts.length === 0) {
    throw new RangeError("Expected at least one bijector but found none");
  }
  return {
    forward: (x) => {
      const logDets: tf.Tensor[] = [];
      const value = parts.reduce((x, part) => {
        const { value, logDet } = part.forward(x);
        logDets.push(logDet);
        return value;
      }, x);
      return { value, logDet: tf.addN(logDets) };
    },
    inverse: (z) => parts.reduceRight((z, part) => part.inverse(z), z),
    ...(parts.some(({ start }) => start) && {
      start: (x: tf.Tensor) => parts.reduce((x, part) => startOf(part, x), x),
    }),
  };
}

/** The batch after a bijector, whose variables begin to fit it where they should. */
export function startOf(part: Bijector, x: tf.Tensor): tf.Tensor {
  return part.start?.(x) ?? part.forward(x).value;
}

/** Sums all numbers of each item: [batch, ...] to [batch]. */
export function sumOfEach(x: tf.Tensor): tf.Tensor {
  return x.reshape([x.shape[0]!, -1]).sum(-1); // a batch
}

/** One number for each item of a batch: the same, a scalar, for all. */
export function forEachItem(value: tf.Tensor, batch: tf.Tensor): tf.Tensor {
  return tf.zeros([batch.shape[0]!]).add(value); // a batch
}
