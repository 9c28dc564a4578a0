/**
 * Independent normal numbers in place of two correlated ones.
 * @module
 */
import { FullNormal } from "../distributions/full_normal.ts";
import { goldenSection } from "./golden_section.ts";

/** The best pair of equal, independent factors. */
export interface FactoredNormal {
  /** Variance of each factor. */
  readonly variance: number;
  /** KL(q || p), in nats. */
  readonly kl: number;
}

/**
 * The best factors for two numbers of variance 1, exactly: variance 1 - rho^2 and KL -log(1 - rho^2) / 2.
 *
 * The variance is the reciprocal of the precision's diagonal. Source: Bishop 2006, section 10.1.2.
 *
 * @param correlation rho, between -1 and 1.
 */
export function bestFactoredNormal(correlation: number): FactoredNormal {
  const variance = 1 - correlation ** 2;
  return { variance, kl: -Math.log(variance) / 2 };
}

/**
 * Finds the best variance by minimizing the divergence over its logarithm.
 *
 * @param correlation rho, between -1 and 1.
 */
export function optimizeFactoredNormal(correlation: number): FactoredNormal {
  const target = new FullNormal([0, 0], [[1, correlation], [correlation, 1]]);
  const divergence = (logVariance: number) => {
    const variance = Math.exp(logVariance);
    return new FullNormal([0, 0], [[variance, 0], [0, variance]]).kl(target);
  };
  const logVariance = goldenSection(divergence, -20, 5);
  return { variance: Math.exp(logVariance), kl: divergence(logVariance) };
}
