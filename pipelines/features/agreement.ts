/**
 * Whether two networks measure the same thing.
 * @module
 */
import { fitLine, type LineFit } from "../statistics/fit_line.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";

/** Distances of one set of images by two networks. */
export interface TwoDistances {
  /** By the one. */
  readonly own: MeanAndError;
  /** By the other. */
  readonly packaged: MeanAndError;
}

/** How far the distances of two networks agree. */
export interface Agreement {
  /** Pairs of sets whose distances differ by more than two standard errors for both networks. */
  readonly pairs: number;
  /** Pairs among them that both networks put in the same order. */
  readonly sameOrder: number;
  /** Logarithms of the one network's distances by those of the other: a slope of 1 where they are proportional. */
  readonly line: LineFit;
  /** Mean logarithm of the ratio of the distances, own over packaged. */
  readonly logRatio: MeanAndError;
}

/**
 * Compares the distances of two networks, whose units differ.
 *
 * @param sets At least two sets of different, positive distances.
 * @returns The agreement.
 * @throws {RangeError} If the distances of the packaged network are all equal.
 *
 * @example
 * ```ts
 * import { agreementOf } from "@lowerbound/lowerbound/features";
 *
 * const exactly = (mean: number) => ({ mean, standardError: 0 });
 * const sets = [1, 2, 4].map((d) => ({ own: exactly(3 * d), packaged: exactly(d) }));
 * const { pairs, sameOrder, line } = agreementOf(sets);
 * console.log(pairs, sameOrder, line.slope.toFixed(3)); // 3 3 1.000
 * ```
 */
export function agreementOf(sets: readonly TwoDistances[]): Agreement {
  const pairs = sets.flatMap((a, i) =>
    sets.slice(i + 1).map((b) =>
      [difference(a.own, b.own), difference(a.packaged, b.packaged)] as const
    )
  ).filter(([own, packaged]) => own !== 0 && packaged !== 0);
  const logs = sets.map(({ own, packaged }) =>
    [Math.log(packaged.mean), Math.log(own.mean)] as const
  );
  return {
    pairs: pairs.length,
    sameOrder: pairs.filter(([own, packaged]) => own === packaged).length,
    line: fitLine(logs.map(([x]) => x), logs.map(([, y]) => y)),
    logRatio: meanAndError(logs.map(([x, y]) => y - x)),
  };
}

/** The sign of a difference of more than two standard errors; 0 where it is smaller. */
function difference(a: MeanAndError, b: MeanAndError): number {
  const error = Math.hypot(a.standardError, b.standardError);
  const found = a.mean - b.mean;
  return Math.abs(found) > 2 * error ? Math.sign(found) : 0;
}
