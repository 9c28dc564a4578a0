/**
 * The best product of binary factors, exactly.
 * @module
 */
import { bisect } from "./bisect.ts";
import { type Factors, freeEnergy } from "./free_energy.ts";

/** The log odds against a one at which m log((1 - m) / m) is greatest: 1 + exp(-odds). */
const TIP: number = bisect((odds) => odds - 1 - Math.exp(-odds), 1, 2);
/** Log odds beyond which a probability is no longer a normal number. */
const GREATEST_ODDS = 700;
/** Places on the way to there, at which a stationary point is looked for. */
const PLACES = 2000;

/**
 * The best product of equal factors.
 *
 * The free energy is stationary at one m only: beta m^(count - 1) grows with m, and log((1 - m) / m) falls.
 *
 * @param count Factors.
 * @param beta Inverse temperature, from 0 to Infinity.
 */
export function bestEqualFactors(count: number, beta: number): Factors {
  if (beta === Infinity) return Array(count).fill(0); // what p forbids must have probability 0
  const odds = bisect(
    (odds) => odds - beta * probability(odds) ** (count - 1),
    0,
    Math.max(1, beta),
  );
  return Array(count).fill(probability(odds));
}

/**
 * The best product of free factors.
 *
 * Stationary points have log((1 - m_i) / m_i) = beta times the product of the other means, so that
 * c = m_i log((1 - m_i) / m_i) is the same for all i; two values of m share a c, so that some factors have the smaller
 * and the others the greater. All divisions are tried, and the lowest free energy is taken.
 *
 * @param count Factors.
 * @param beta Inverse temperature, from 0 to Infinity.
 */
export function bestFreeFactors(count: number, beta: number): Factors {
  if (beta === Infinity) return [0, ...Array(count - 1).fill(0.5)]; // one rules out what p forbids, the others are free
  let best = bestEqualFactors(count, beta);
  for (let small = 1; small < count; small++) {
    for (const factors of dividedFactors(small, count, beta)) {
      if (freeEnergy(factors, beta) < freeEnergy(best, beta)) best = factors;
    }
  }
  return best;
}

/** Stationary points with a number of smaller factors, by the log odds against a one of these. */
function dividedFactors(
  small: number,
  count: number,
  beta: number,
): readonly Factors[] {
  const factorsAt = (odds: number) => [
    ...Array<number>(small).fill(probability(odds)),
    ...Array<number>(count - small).fill(greaterOf(odds)),
  ];
  const excess = (odds: number) =>
    odds - beta * factorsAt(odds).slice(1).reduce((a, b) => a * b, 1);
  const places = Array.from(
    { length: PLACES + 1 },
    (_, i) => TIP * (GREATEST_ODDS / TIP) ** (i / PLACES),
  );
  return places.slice(1).flatMap((high, i) => {
    const low = places[i]!; // one place before
    if (excess(low) * excess(high) > 0) return [];
    return [factorsAt(bisect(excess, low, high))];
  });
}

/** The greater m with the same m log((1 - m) / m) as the one whose log odds, beyond the tip, are given. */
function greaterOf(odds: number): number {
  const c = probability(odds) * odds;
  return probability(bisect((x) => probability(x) * x - c, 0, TIP));
}

/** Probability of a one, from the log odds against it. */
function probability(odds: number): number {
  return 1 / (1 + Math.exp(odds));
}
