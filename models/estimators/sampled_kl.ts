/**
 * Divergences from samples, in double precision.
 * @module
 */

/**
 * Terms whose mean is KL(q || p): the log ratios themselves.
 *
 * Near p their variance is twice the divergence, so that S samples are off by a part sqrt(2 / (S KL)) of it.
 *
 * @param logRatios log q(x) - log p(x) of samples of q, in nats.
 * @returns Nats, one for each sample.
 */
export function plainKlTerms(logRatios: ArrayLike<number>): Float64Array {
  return Float64Array.from(logRatios);
}

/**
 * Terms with the same mean, made steadier by p / q - 1, whose mean under q is zero.
 *
 * r - 1 - log r with r = p / q is never negative, and of second order near p. Far from p the few samples that carry
 * the mean of r are not met, and the mean of the terms is one nat too small. Source: Schulman 2020, "Approximating KL divergence".
 *
 * @param logRatios log q(x) - log p(x) of samples of q, in nats.
 * @returns Nats, one for each sample.
 */
export function controlledKlTerms(logRatios: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    logRatios,
    (logRatio) => Math.expm1(-logRatio) + logRatio,
  );
}
