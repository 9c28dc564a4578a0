/**
 * Parts of a whole as a reader expects them.
 * @module
 */
import type { MeanAndError } from "../statistics/mean_and_error.ts";
import { plusMinus } from "./plus_minus.ts";

/**
 * Writes a part of a whole in percent.
 *
 * @param part From 0 to 1.
 * @param digits Behind the point.
 * @returns Such as `12.5 %`.
 */
export function percent(part: number, digits = 1): string {
  return `${(100 * part).toFixed(digits)} %`;
}

/**
 * Writes a mean of parts in percent, with as many digits as its error has meaning.
 *
 * @param value The mean, from 0 to 1, and its standard error.
 * @returns Such as `12.5 ± 1.2 %`.
 */
export function percentWithError(
  { mean, standardError }: MeanAndError,
): string {
  return `${
    plusMinus({ mean: 100 * mean, standardError: 100 * standardError })
  } %`;
}
