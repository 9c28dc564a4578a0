/**
 * Straight lines through measurements.
 * @module
 */

/** A line with the uncertainty of its slope. */
export interface LineFit {
  /** Rise of y for each unit of x. */
  readonly slope: number;
  /** Standard error of the slope, from the scatter about the line; NaN, not known, for two points. */
  readonly slopeError: number;
  /** y at x = 0. */
  readonly intercept: number;
}

/**
 * Fits a line by least squares.
 *
 * @param x Where, at least two different values.
 * @param y What was measured there.
 * @returns The line.
 * @throws {RangeError} If there are not two different places.
 */
export function fitLine(x: readonly number[], y: readonly number[]): LineFit {
  const count = x.length;
  const meanX = sum(x) / count;
  const meanY = sum(y) / count;
  const spread = sum(x.map((one) => (one - meanX) ** 2));
  if (!(spread > 0) || y.length !== count) {
    throw new RangeError(
      `Expected a value at each of two different places but found ${y.length} at ${count}`,
    );
  }
  const slope = sum(x.map((one, i) => (one - meanX) * (y[i]! - meanY))) /
    spread;
  const intercept = meanY - slope * meanX;
  const scatter = sum(
    x.map((one, i) => (y[i]! - intercept - slope * one) ** 2),
  );
  const variance = count > 2 ? scatter / (count - 2) : NaN;
  return { slope, slopeError: Math.sqrt(variance / spread), intercept };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
