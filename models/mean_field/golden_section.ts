/**
 * Minima of functions of one number.
 * @module
 */

const SHRINK = (Math.sqrt(5) - 1) / 2;
/** After which the interval is as narrow as the values of a function allow to tell. */
const ROUNDS = 80;

/**
 * Finds a minimum from values alone, by golden section.
 *
 * Source: Kiefer 1953. Near a minimum values differ by less than a rounding, so that its place is right to about the
 * root of a rounding, and its value to a rounding.
 *
 * @param f A function with one minimum in the interval.
 * @param low One end.
 * @param high The other end.
 * @returns The place of the minimum.
 */
export function goldenSection(
  f: (x: number) => number,
  low: number,
  high: number,
): number {
  let [left, right] = [
    high - SHRINK * (high - low),
    low + SHRINK * (high - low),
  ];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let round = 0; round < ROUNDS; round++) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - SHRINK * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + SHRINK * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}
