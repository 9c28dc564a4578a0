/**
 * Timesteps as waves.
 * @module
 */

/** How {@linkcode timeFeatures} orders and spaces its waves. */
export interface TimeFeatureOptions {
  /** Which half comes first: cosines unless given. */
  readonly first?: "cosine" | "sine";
  /** Subtracted from the number of waves before the exponent is divided by it; 0 unless given. */
  readonly shift?: number;
}

/** Greatest wavelength is 2 pi times this, or nearly. */
const BASE = 10_000;

/**
 * The vector of each timestep, computed in double precision: cosines and sines of t 10000^(-i / (width / 2)).
 *
 * Source: Ho et al. 2020, appendix B, after Vaswani et al. 2017, section 3.5.
 *
 * @param timesteps Whole or fractional, [count].
 * @param width Length of a vector, even.
 * @param options Which half comes first, and the spacing.
 * @returns Row by row, [count, width].
 * @throws {RangeError} If the width is odd.
 */
export function timeFeatures(
  timesteps: ArrayLike<number>,
  width: number,
  { first = "cosine", shift = 0 }: TimeFeatureOptions = {},
): Float32Array<ArrayBuffer> {
  if (width % 2 !== 0) {
    throw new RangeError(`Expected an even width but found ${width}`);
  }
  const half = width / 2;
  const features = new Float32Array(timesteps.length * width);
  const cosines = first === "cosine" ? 0 : half;
  for (let row = 0; row < timesteps.length; row++) {
    for (let i = 0; i < half; i++) {
      const angle = timesteps[row]! * BASE ** (-i / (half - shift));
      features[row * width + cosines + i] = Math.cos(angle);
      features[row * width + half - cosines + i] = Math.sin(angle);
    }
  }
  return features;
}
