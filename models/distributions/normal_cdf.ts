/**
 * The normal distribution function, in double precision.
 * @module
 */

const LOG_ROOT = Math.log(2 * Math.PI) / 2;

/** Beyond this the continued fraction is used; its 60 levels give 15 digits there. */
const FAR = 3;
const LEVELS = 60;

/** log of the standard normal density. */
function logDensity(x: number): number {
  return -x * x / 2 - LOG_ROOT;
}

/**
 * Logarithm of the probability that a standard normal variable exceeds a number, to about 1e-14 of itself.
 *
 * Source: Marsaglia 2004, the series of section 3, and beyond 3 the continued fraction of Laplace.
 *
 * @param x The number.
 * @returns At most 0.
 */
export function logUpperTail(x: number): number {
  if (x === Infinity) return -Infinity;
  if (x > FAR) {
    let below = x;
    for (let k = LEVELS; k > 0; k--) below = x + k / below;
    return logDensity(x) - Math.log(below);
  }
  return Math.log1p(-normalCdf(x));
}

/**
 * The probability that a standard normal variable lies below a number.
 *
 * @param x The number.
 * @returns From 0 to 1.
 */
export function normalCdf(x: number): number {
  if (Math.abs(x) > FAR) {
    const tail = Math.exp(logUpperTail(Math.abs(x)));
    return x > 0 ? 1 - tail : tail;
  }
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= x * x / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp(logDensity(x));
}

/**
 * Logarithm of the probability that a standard normal variable lies between two numbers, however far out both are.
 *
 * @param low The lower one, which may be -Infinity.
 * @param high The upper one, which may be Infinity.
 * @returns At most 0.
 */
export function logNormalMass(low: number, high: number): number {
  if (low > 0) {
    const near = logUpperTail(low);
    return near + Math.log1p(-Math.exp(logUpperTail(high) - near));
  }
  if (high < 0) return logNormalMass(-high, -low);
  return Math.log(normalCdf(high) - normalCdf(low));
}
