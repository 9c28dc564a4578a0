/**
 * How far a corpus score would move with other sentences.
 * @module
 */
import { fold, type Key } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { sumRows } from "./references.ts";

/** Resamplings: the error of a standard deviation from so many is 3.5 %. */
const DRAWS = 400;

/**
 * Estimates the standard error of a score over sentences, by drawing as many sentences with replacement.
 *
 * Source: Efron 1979; Koehn 2004, section 2, for BLEU.
 *
 * @param rows Statistics of each sentence.
 * @param score Of the sums of statistics.
 * @param key Decides which sentences are drawn.
 * @returns@returns The standard deviation of the score over resamplings; NaN, not known, for one sentence.
 * @throws {RangeError} If there are no sentences.
 */
export function bootstrapError(
  rows: readonly (readonly number[])[],
  score: (sums: readonly number[]) => number,
  key: Key,
): number {
  const count = rows.length;
  if (count === 0) throw new RangeError("Expected at least one sentence");
  if (count === 1) return NaN;
  const scores = Array.from({ length: DRAWS }, (_, i) => {
    const units = uniform(fold(key, i), count);
    return score(
      sumRows(Array.from(units, (unit) => rows[Math.floor(unit * count)]!)),
    );
  });
  const mean = scores.reduce((sum, one) => sum + one, 0) / DRAWS;
  const squares = scores.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt(squares / (DRAWS - 1));
}
