/**
 * Means and their errors as numbers by name.
 * @module
 */
import type { MeanAndError } from "./mean_and_error.ts";

/**
 * Names a mean and its standard error, as a summary holds them: `NAME` and `NAMEStdErr`.
 *
 * @param name Of the mean.
 * @param value The mean and its standard error.
 * @returns Both by name; the mean alone where the error is not known.
 */
export function withError(
  name: string,
  { mean, standardError }: MeanAndError,
): Readonly<Record<string, number>> {
  return Number.isNaN(standardError)
    ? { [name]: mean }
    : { [name]: mean, [`${name}StdErr`]: standardError };
}
