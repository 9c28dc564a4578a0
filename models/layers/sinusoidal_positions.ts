/**
 * Positions as waves.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Greatest wavelength is 2 pi times this. */
const BASE = 10_000;

/**
 * The vector of each position: sines at even and cosines at odd places, of wavelengths from 2 pi to 10 000 * 2 pi.
 *
 * Source: Vaswani et al. 2017, section 3.5.
 *
 * @param context Positions.
 * @param width Length of the vectors.
 * @returns A constant, [context, width].
 */
export function sinusoidalPositions(
  context: number,
  width: number,
): tf.Tensor2D {
  const values = new Float32Array(context * width);
  for (let position = 0; position < context; position++) {
    for (let i = 0; i < width; i++) {
      const angle = position / BASE ** ((i - i % 2) / width);
      values[position * width + i] = i % 2 === 0
        ? Math.sin(angle)
        : Math.cos(angle);
    }
  }
  return tf.tensor2d(values, [context, width]);
}
