/**
 * Coordinate descent on the free energy of binary factors.
 * @module
 */
import { factoredEnergy, type Factors } from "./free_energy.ts";

const MOST_SWEEPS = 100_000;
/** Changes below this end the descent. */
const SMALLEST_CHANGE = 1e-15;

/**
 * Makes each factor in turn the best beside the others, until none changes: m_i = sigmoid(-beta prod_j m_j), j not i.
 *
 * Each step lowers the free energy or leaves it; where it ends depends on the start. Source: Bishop 2006, eq. 10.9.
 *
 * @param start The factors to begin with.
 * @param beta Inverse temperature, from 0 to Infinity.
 * @returns The factors at the end.
 */
export function coordinateDescent(start: Factors, beta: number): Factors {
  const factors = [...start];
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let change = 0;
    factors.forEach((before, i) => {
      const others = factoredEnergy(factors.filter((_, j) => j !== i));
      const odds = others === 0 ? 0 : beta * others; // Infinity * 0 is no number
      factors[i] = 1 / (1 + Math.exp(odds));
      change = Math.max(change, Math.abs(factors[i] - before));
    });
    if (change < SMALLEST_CHANGE) break;
  }
  return factors;
}
