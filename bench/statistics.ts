/**
 * Medians and straight lines.
 * @module
 */

/** The middle of sorted numbers; NaN for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return (sorted[low] ?? NaN) / 2 + (sorted[high] ?? NaN) / 2;
}

/** The ratios of two series, round by round. */
export function ratios(
  numerators: readonly number[],
  denominators: readonly number[],
): readonly number[] {
  const count = Math.min(numerators.length, denominators.length);
  return Array.from(
    { length: count },
    (_, i) => numerators[i]! / denominators[i]!, // below both lengths
  );
}

/** A slope with its standard error. */
export interface Slope {
  readonly slope: number;
  readonly standardError: number;
}

/**
 * Fits a straight line by least squares.
 *
 * @param x At least three numbers, not all equal.
 * @param y As many.
 * @returns The slope; its error takes the deviations from the line as independent.
 */
export function fitLine(x: readonly number[], y: readonly number[]): Slope {
  const n = x.length;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / n;
  const [meanX, meanY] = [mean(x), mean(y)];
  const dx = x.map((value) => value - meanX);
  const dy = y.map((value) => value - meanY);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0); // as long
  const slope = dot(dx, dy) / dot(dx, dx);
  const left = dy.map((value, i) => value - slope * dx[i]!); // as long
  const variance = dot(left, left) / (n - 2) / dot(dx, dx);
  return { slope, standardError: Math.sqrt(variance) };
}
