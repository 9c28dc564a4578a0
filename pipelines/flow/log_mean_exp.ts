/**
 * The importance weighted bound of one image.
 * @module
 */

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
