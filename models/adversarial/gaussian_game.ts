/**
 * An adversarial game of two normal densities on a line, solved exactly.
 * @module
 */

/** A normal density. */
export interface Gaussian {
  /** Where it is centred. */
  readonly mean: number;
  /** Positive. */
  readonly deviation: number;
}

/** Where the game stands when the discriminator is optimal; in nats. */
export interface GaussianGame {
  /** E_p[a log D + (1 - a) log(1 - D)] + E_q[log(1 - D)]: minus the discriminator's loss. */
  readonly value: number;
  /** Jensen-Shannon divergence of the densities. */
  readonly jensenShannon: number;
  /** E_p[D] */
  readonly real: number;
  /** E_q[D] */
  readonly fake: number;
  /** The generator's loss E_q[-log D]. */
  readonly nonSaturating: number;
  /** The generator's loss E_q[log(1 - D)]. */
  readonly saturating: number;
  /** Derivative of E_q[-log D] in the mean of q, D being held. */
  readonly nonSaturatingSlope: number;
  /** Derivative of E_q[log(1 - D)] in the mean of q, D being held. */
  readonly saturatingSlope: number;
}

/**
 * The logit of the optimal discriminator D = a p / (p + q) at a point.
 *
 * Its odds are a p / ((1 - a) p + q). Source: Goodfellow et al. 2014, proposition 1, for a = 1.
 *
 * @param x The point.
 * @param p The real density.
 * @param q The fake density.
 * @param target a, in (0, 1].
 */
export function optimalLogit(
  x: number,
  p: Gaussian,
  q: Gaussian,
  target = 1,
): number {
  const log = (density: Gaussian) => logDensity(x, density);
  return Math.log(target) - logSumExp(
    log(q) - log(p),
    Math.log1p(-target), // -Infinity for a = 1
  );
}

/**
 * Solves the game with the optimal discriminator, by quadrature.
 *
 * For a = 1 the value is 2 JSD - log 4: Goodfellow et al. 2014, theorem 1.
 *
 * @param p The real density.
 * @param q The fake density.
 * @param target What the discriminator should say of real items: a, in (0, 1].
 */
export function gaussianGame(
  p: Gaussian,
  q: Gaussian,
  target = 1,
): GaussianGame {
  const over = (density: Gaussian, f: (x: number) => number) =>
    expectation(density, f, [p, q]);
  const logit = (x: number) => optimalLogit(x, p, q, target);
  const d = (x: number) => sigmoid(logit(x));
  // the logit's derivative in x, by which the generator's losses move with q's mean
  const slope = (x: number) => {
    const ratio = scoreOf(x, p) - scoreOf(x, q);
    const fakeShare = 1 / (1 + (1 - target) * Math.exp(logRatio(x, p, q)));
    return ratio * fakeShare;
  };
  return {
    value: over(
      p,
      (x) => -target * softplus(-logit(x)) - (1 - target) * softplus(logit(x)),
    ) - over(q, (x) => softplus(logit(x))),
    jensenShannon: (
      over(p, (x) => Math.LN2 - softplus(-logRatio(x, p, q))) +
      over(q, (x) => Math.LN2 - softplus(logRatio(x, p, q)))
    ) / 2,
    real: over(p, d),
    fake: over(q, d),
    nonSaturating: over(q, (x) => softplus(-logit(x))),
    saturating: over(q, (x) => -softplus(logit(x))),
    nonSaturatingSlope: over(q, (x) => -(1 - d(x)) * slope(x)),
    saturatingSlope: over(q, (x) => -d(x) * slope(x)),
  };
}

/** Width, in deviations, of the interval that holds all but 1e-23 of a density. */
const REACH = 10;
/** Intervals of the trapezoidal rule, whose error falls faster than any power for such functions. */
const INTERVALS = 20_000;

function expectation(
  density: Gaussian,
  f: (x: number) => number,
  all: readonly Gaussian[],
): number {
  const low = density.mean - REACH * density.deviation;
  const high = density.mean + REACH * density.deviation;
  const narrowest = Math.min(...all.map(({ deviation }) => deviation));
  const count = Math.ceil(INTERVALS * density.deviation / narrowest);
  const step = (high - low) / count;
  let sum = 0;
  for (let i = 0; i <= count; i++) {
    const x = low + i * step;
    sum += Math.exp(logDensity(x, density)) * f(x);
  }
  return sum * step;
}

function logDensity(x: number, { mean, deviation }: Gaussian): number {
  const z = (x - mean) / deviation;
  return -z * z / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2;
}

/** Derivative of the log density in x. */
function scoreOf(x: number, { mean, deviation }: Gaussian): number {
  return (mean - x) / deviation ** 2;
}

/** log(p / q) */
function logRatio(x: number, p: Gaussian, q: Gaussian): number {
  return logDensity(x, p) - logDensity(x, q);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sigmoid(x: number): number {
  return Math.exp(-softplus(-x));
}

function logSumExp(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === -Infinity
    ? -Infinity
    : top + Math.log(Math.exp(a - top) + Math.exp(b - top));
}
