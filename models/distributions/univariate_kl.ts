/**
 * The divergence of two normal numbers, in double precision.
 * @module
 */

/** A normal distribution of one number. */
export interface UnivariateNormal {
  /** Expectation of the number. */
  readonly mean: number;
  /** Variance of the number, positive. */
  readonly variance: number;
}

/**
 * KL(q || p) of two normal numbers, in nats: (v / v' + (mean - mean')^2 / v' - 1 - log(v / v')) / 2.
 *
 * Source: the case n = 1 of the divergence of normal vectors, (trace + distance - n - log det) / 2 with plus one half.
 *
 * @param q The distribution over which the expectation is taken.
 * @param p The distribution that it is compared with.
 * @returns Nats, zero where both are equal.
 */
export function univariateKl(q: UnivariateNormal, p: UnivariateNormal): number {
  const ratio = q.variance / p.variance;
  const distance = (q.mean - p.mean) ** 2 / p.variance;
  return (ratio + distance - 1 - Math.log(ratio)) / 2;
}
