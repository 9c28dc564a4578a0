/**
 * The path from the prior to the posterior: p(z) p(x | z)^beta, with beta from 0 to 1.
 * @module
 */

/** Steps lie closer near 0, where log p(x | z) varies most. Friel & Pettitt 2008, section 4, find powers of 3 to 5 good. */
const POWER = 4;

/**
 * The inverse temperatures of a path.
 *
 * @param distributions Steps of the path; 1 goes from the prior to the posterior at once.
 * @returns From 0 to 1, [1 + distributions].
 */
export function temperatures(distributions: number): Float64Array {
  return Float64Array.from(
    { length: distributions + 1 },
    (_, t) => (t / distributions) ** POWER,
  );
}
