/**
 * The gap of a bound, averaged over items.
 * @module
 */
import type { GapPoint } from "./elbo_gap_entries.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";

/** Three numbers of each item that come from three computations, in nats. */
export interface ItemGaps {
  /** log p(x) */
  readonly logLikelihood: ArrayLike<number>;
  /** The evidence lower bound. */
  readonly elbo: ArrayLike<number>;
  /** KL(q(z | x) || p(z | x)) */
  readonly gap: ArrayLike<number>;
}

/**
 * Averages over items.
 *
 * @param step Weight updates so far.
 * @param items The numbers of each item.
 */
export function gapPoint(
  step: number,
  { logLikelihood, elbo, gap }: ItemGaps,
): GapPoint {
  const residual = meanAndError(
    Float64Array.from(
      logLikelihood,
      (value, i) => value - elbo[i]! - gap[i]!, // one of each for an item
    ),
  );
  return {
    step,
    logLikelihood: meanAndError(logLikelihood).mean,
    elbo: meanAndError(elbo).mean,
    gap: meanAndError(gap).mean,
    residual: residual.mean,
    residualStdErr: residual.standardError,
  };
}

/** The numbers of a point by name, for the record; an error that is not known is left out. */
export function gapValues(
  name: string,
  { step: _step, ...values }: GapPoint,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => !Number.isNaN(value))
      .map(([key, value]) => [`${name}/${key}`, value]),
  );
}
