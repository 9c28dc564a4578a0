/**
 * Log probabilities of images as bits for each of their numbers.
 * @module
 */

/**
 * -log2 P(x) / D: 8 for images of 256 grey levels that are all equally likely.
 *
 * @param logProb log P(x) of the whole numbers, or a bound of it, in nats.
 * @param dimensions D, numbers of an image.
 */
export function bitsPerDim(logProb: number, dimensions: number): number {
  return -logProb / (dimensions * Math.LN2);
}

/**
 * log of the mean of exp, without overflow: the importance weighted bound of one image.
 *
 * Source: Burda et al. 2016, eq. 8.
 *
 * @param logWeights At least one.
 * @throws {RangeError} If there are none.
 */
export function logMeanExp(logWeights: readonly number[]): number {
  if (logWeights.length === 0) {
    throw new RangeError("Expected at least one weight");
  }
  const largest = Math.max(...logWeights);
  const sum = logWeights.reduce(
    (sum, one) => sum + Math.exp(one - largest),
    0,
  );
  return largest + Math.log(sum / logWeights.length);
}
