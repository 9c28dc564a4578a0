/**
 * How much an estimate of a gradient scatters.
 * @module
 */

/** The scatter of a gradient over draws of its noise. */
export interface GradientNoise {
  /** Sum over all parameters of the variance of one draw. */
  readonly variance: number;
  /** Length of the mean gradient over the root of the variance, less what the scatter of the mean itself adds. */
  readonly signalToNoise: number;
}

/**
 * Measures the scatter of a gradient.
 *
 * @param draws How often to draw, at least twice.
 * @param gradientOf Computes the gradient of a draw, in parts of the same lengths.
 * @returns Its variance and its signal to noise ratio.
 * @throws {RangeError} If there are fewer than two draws.
 */
export async function gradientNoise(
  draws: number,
  gradientOf: (draw: number) => Promise<readonly Float32Array[]>,
): Promise<GradientNoise> {
  if (!Number.isInteger(draws) || draws < 2) {
    throw new RangeError(`Expected at least 2 draws but found ${draws}`);
  }
  const first = await gradientOf(0);
  // differences from the first draw: their squares do not cancel
  const sums = first.map(({ length }) => new Float64Array(length));
  let squares = 0;
  for (let draw = 1; draw < draws; draw++) {
    const parts = await gradientOf(draw);
    parts.forEach((part, p) => {
      const sum = sums[p]!; // one for each part
      const origin = first[p]!;
      for (let i = 0; i < part.length; i++) {
        const difference = part[i]! - origin[i]!;
        sum[i]! += difference;
        squares += difference ** 2;
      }
    });
  }
  let squaredSum = 0;
  let squaredMean = 0;
  sums.forEach((sum, p) => {
    const origin = first[p]!;
    for (let i = 0; i < sum.length; i++) {
      squaredSum += sum[i]! ** 2;
      squaredMean += (origin[i]! + sum[i]! / draws) ** 2;
    }
  });
  const variance = (squares - squaredSum / draws) / (draws - 1);
  const signal = Math.max(0, squaredMean - variance / draws);
  return { variance, signalToNoise: Math.sqrt(signal / variance) };
}
