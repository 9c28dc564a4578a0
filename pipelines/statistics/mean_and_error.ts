/**
 * The mean of measurements, with its standard error.
 * @module
 */

/** A mean over items. */
export interface MeanAndError {
  /** In the unit of the values. */
  readonly mean: number;
  /** Standard deviation of the values over the square root of their number; NaN, not known, for one value. */
  readonly standardError: number;
}

/**
 * Averages measurements of independent items, in double precision.
 *
 * @param values One for each item, at least one.
 * @returns Their mean and its standard error.
 * @throws {RangeError} If there are none.
 */
export function meanAndError(values: ArrayLike<number>): MeanAndError {
  const count = values.length;
  if (count === 0) throw new RangeError("Expected at least one value");
  let mean = 0;
  let squares = 0; // sum of squared deviations; Welford 1962
  for (let i = 0; i < count; i++) {
    const deviation = values[i]! - mean;
    mean += deviation / (i + 1);
    squares += deviation * (values[i]! - mean);
  }
  const variance = count > 1 ? squares / (count - 1) : NaN;
  return { mean, standardError: Math.sqrt(variance / count) };
}

/**
 * Two standard errors below and above a mean.
 *
 * @param value The mean and its standard error.
 * @returns The ends of the interval, in the unit of the mean; both are the mean where the error is not known.
 */
export function twoErrorsAbout(
  { mean, standardError }: MeanAndError,
): { readonly lower: number; readonly upper: number } {
  const half = Number.isNaN(standardError) ? 0 : 2 * standardError;
  return { lower: mean - half, upper: mean + half };
}
