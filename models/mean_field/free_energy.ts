/**
 * The variational free energy of independent binary numbers.
 * @module
 */

/** A product of Bernoulli factors: the probability of a one of each. */
export type Factors = readonly number[];

/** The expectation of the energy, the product of all w, under independent factors: the product of their means. */
export function factoredEnergy(factors: Factors): number {
  return factors.reduce((product, mean) => product * mean, 1);
}

/**
 * Free energy of independent factors, in nats: beta <E> - entropy, which is KL(q || p) - log Z.
 *
 * @param factors The probability of a one of each.
 * @param beta Inverse temperature, from 0 to Infinity.
 * @returns Infinity where p forbids what q allows.
 */
export function freeEnergy(factors: Factors, beta: number): number {
  const energy = factoredEnergy(factors);
  const cost = energy === 0 ? 0 : beta * energy; // Infinity * 0 is no number
  return cost - factors.reduce((sum, mean) => sum + entropy(mean), 0);
}

/** Entropy of one binary number, in nats. */
function entropy(mean: number): number {
  return -(xLogX(mean) + xLogX(1 - mean));
}

function xLogX(x: number): number {
  return x === 0 ? 0 : x * Math.log(x);
}
