/**
 * Differences of measurements that were made in pairs.
 * @module
 */
import { type MeanAndError, meanAndError } from "./mean_and_error.ts";

/**
 * Averages the differences of pairs, such as runs of two kinds with equal seeds: what both of a pair share is in neither
 * the mean nor its error, where the errors of two means would count it twice.
 *
 * @param first One of each pair, at least one.
 * @param second The other, in the same order.
 * @returns The mean of first less second, with its standard error over pairs: NaN, not known, for one pair.
 * @throws {RangeError} If there are none, or not as many of both.
 */
export function pairedDifference(
  first: readonly number[],
  second: readonly number[],
): MeanAndError {
  if (first.length !== second.length) {
    throw new RangeError(
      `Expected as many of both in pairs but found ${first.length} and ${second.length}`,
    );
  }
  return meanAndError(first.map((one, i) => one - second[i]!)); // as many
}
