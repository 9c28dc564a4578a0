/**
 * A mean with its error as a reader expects it.
 * @module
 */
import type { MeanAndError } from "../statistics/mean_and_error.ts";

/**
 * Writes a mean with as many digits as its error has meaning.
 *
 * @param value The mean and its standard error.
 * @returns Such as `0.50 ± 0.02`; three digits where the error is 0 or not known.
 */
export function plusMinus({ mean, standardError }: MeanAndError): string {
  if (!(standardError > 0)) return String(Number(mean.toPrecision(3)));
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(standardError)));
  const digits = Math.min(6, decimals);
  return `${mean.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

/**
 * Writes a geometric mean with its error, which is a factor where it is large.
 *
 * @param value The mean and its standard error.
 * @returns Such as `0.50 ± 0.02` or `159 ×/÷ 1.4`.
 */
export function timesOver(value: MeanAndError): string {
  const { mean, standardError } = value;
  const relative = standardError / mean;
  if (!(relative >= 0.2)) return plusMinus(value);
  const digits = String(Number(mean.toPrecision(2)));
  return `${digits} ×/÷ ${Math.exp(relative).toPrecision(2)}`;
}
