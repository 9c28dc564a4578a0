/**
 * The noising chain: what is known of x_t, and of x_s before it, given the clean image.
 * @module
 */
import type { Mixing } from "./prediction.ts";

/** The normal law of x_s given a later x_t and the image: a mean that is linear in both, and one variance. */
export interface PosteriorParts {
  /** Factor of the image in the mean. */
  readonly image: number;
  /** Factor of x_t in the mean. */
  readonly noisy: number;
  /** Variance of each number: the smaller of the two that are in use for the reverse chain. */
  readonly variance: number;
  /** beta of the step, 1 - alphaBar_t / alphaBar_s: the larger of the two. */
  readonly beta: number;
}

/**
 * q(x_s | x_t, image) for s before t, where signal^2 + spread^2 = 1 at both.
 *
 * Source: Ho et al. 2020, eq. 7, between any two places.
 *
 * @param to At s, with less noise.
 * @param from At t.
 * @returns Its mean's factors and its variance.
 */
export function posterior(to: Mixing, from: Mixing): PosteriorParts {
  const kept = from.signal / to.signal; // sqrt(alphaBar_t / alphaBar_s)
  const beta = 1 - kept ** 2;
  const varianceTo = to.spread ** 2;
  const varianceFrom = from.spread ** 2;
  return {
    image: to.signal * beta / varianceFrom,
    noisy: kept * varianceTo / varianceFrom,
    variance: varianceTo / varianceFrom * beta,
    beta,
  };
}
