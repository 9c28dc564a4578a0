/**
 * Roots of functions of one number.
 * @module
 */

/** Halvings, after which the interval is as narrow as its numbers allow. */
const HALVINGS = 100;

/**
 * Finds a root by halving an interval.
 *
 * @param f A continuous function, whose signs at the two ends differ.
 * @param low One end.
 * @param high The other end.
 * @returns A root, to the last digits.
 */
export function bisect(
  f: (x: number) => number,
  low: number,
  high: number,
): number {
  const sign = Math.sign(f(low));
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (Math.sign(f(middle)) === sign) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
