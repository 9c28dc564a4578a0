/**
 * Binary numbers of which not all are ones: p(w) proportional to exp(-beta E(w)), with E(w) the product of the w.
 *
 * For beta to infinity p(w) is proportional to 1 - E(w), and all configurations but one are equally likely.
 * @module
 */

/** What is known of the distribution at one inverse temperature. */
export interface Thermodynamics {
  /** log Z, in nats: of the sum of exp(-beta E(w)) over all w. */
  readonly logPartition: number;
  /** The expectation of E(w): minus the derivative of log Z by beta. */
  readonly meanEnergy: number;
}

/**
 * Both in closed form: Z = 2^count - 1 + exp(-beta).
 *
 * @param count Binary numbers.
 * @param beta Inverse temperature, from 0 to Infinity.
 */
export function notAllOnes(count: number, beta: number): Thermodynamics {
  const partition = 2 ** count - 1 + Math.exp(-beta);
  return {
    logPartition: Math.log(partition),
    meanEnergy: Math.exp(-beta) / partition,
  };
}

/**
 * Computes the divergence as a sum over all 2^count configurations.
 *
 * @param count Binary numbers, at most 24.
 * @param beta Inverse temperature, from 0 to Infinity.
 */
export function enumerateNotAllOnes(
  count: number,
  beta: number,
): Thermodynamics {
  let partition = 0;
  let energies = 0;
  for (let bits = 0; bits < 2 ** count; bits++) {
    const energy = productOfBits(bits, count);
    const weight = energy === 0 ? 1 : Math.exp(-beta * energy); // Infinity * 0 is no number
    partition += weight;
    energies += weight * energy;
  }
  return {
    logPartition: Math.log(partition),
    meanEnergy: energies / partition,
  };
}

function productOfBits(bits: number, count: number): number {
  let product = 1;
  for (let i = 0; i < count; i++) product *= bits >> i & 1;
  return product;
}
