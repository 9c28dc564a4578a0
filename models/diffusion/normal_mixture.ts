/**
 * Data whose every noisy law is known: mixtures of normal laws on the line, in double precision.
 * @module
 */
import { normalCdf } from "../distributions/normal_cdf.ts";
import type { Mixing } from "./prediction.ts";

/** A mixture of normal laws; a single one is a normal law. */
export interface NormalMixture {
  /** Sum to 1, [component]. */
  readonly weights: readonly number[];
  /** [component] */
  readonly means: readonly number[];
  /** Standard deviations, [component]. */
  readonly deviations: readonly number[];
}

/** What is known of the image at a noisy place. */
export interface Denoised {
  /** E[image | x], which the optimal network gives. */
  readonly mean: number;
  /** Var[image | x] */
  readonly variance: number;
}

const LOG_ROOT = Math.log(2 * Math.PI) / 2;

/**
 * The mixture of x = signal * image + spread * noise.
 *
 * @param mixture Of the image.
 * @param mixing How much of each x has.
 * @returns A mixture with the same weights.
 */
export function noisyMixture(
  { weights, means, deviations }: NormalMixture,
  { signal, spread }: Mixing,
): NormalMixture {
  return {
    weights,
    means: means.map((mean) => signal * mean),
    deviations: deviations.map((s) => Math.hypot(signal * s, spread)),
  };
}

/** Logarithm of the density at a place. */
export function mixtureLogDensity(mixture: NormalMixture, x: number): number {
  return logSumExp(logJoint(mixture, x));
}

/** Probability to lie below a place. */
export function mixtureCdf(
  { weights, means, deviations }: NormalMixture,
  x: number,
): number {
  return weights.reduce(
    (sum, weight, k) =>
      sum + weight * normalCdf((x - means[k]!) / deviations[k]!),
    0,
  );
}

/**
 * The place below which a mixture lies with a given probability.
 *
 * @param mixture The mixture.
 * @param probability Between 0 and 1.
 * @returns The place, by bisection to the last digit.
 */
export function mixtureQuantile(
  mixture: NormalMixture,
  probability: number,
): number {
  const { means, deviations } = mixture;
  const reach = 40 * Math.max(...deviations);
  let low = Math.min(...means) - reach;
  let high = Math.max(...means) + reach;
  for (let middle = (low + high) / 2; low < middle && middle < high;) {
    if (mixtureCdf(mixture, middle) < probability) low = middle;
    else high = middle;
    middle = (low + high) / 2;
  }
  return high;
}

/**
 * Mean and variance of the image, given a noisy place: Bayes' rule for each component.
 *
 * @param mixture Of the image.
 * @param x signal * image + spread * noise.
 * @param mixing How much of each x has.
 * @returns Mean and variance.
 */
export function denoise(
  mixture: NormalMixture,
  x: number,
  mixing: Mixing,
): Denoised {
  const noisy = noisyMixture(mixture, mixing);
  const logs = logJoint(noisy, x);
  const total = logSumExp(logs);
  let mean = 0;
  let square = 0;
  mixture.means.forEach((m, k) => {
    const responsibility = Math.exp(logs[k]! - total);
    const variance = mixture.deviations[k]! ** 2;
    const noisyVariance = noisy.deviations[k]! ** 2;
    const gain = mixing.signal * variance / noisyVariance;
    const part = m + gain * (x - noisy.means[k]!);
    const left = variance * mixing.spread ** 2 / noisyVariance;
    mean += responsibility * part;
    square += responsibility * (part ** 2 + left);
  });
  return { mean, variance: Math.max(0, square - mean ** 2) };
}

/** Steps of the quadratures: far more than needed for 12 digits, as they converge exponentially. */
const PLACES = 4001;

/**
 * Integrates a function of x against a mixture, by the trapezoidal rule.
 *
 * @param mixture The law of x.
 * @param value The function.
 * @returns E[value(x)]
 */
export function expectation(
  mixture: NormalMixture,
  value: (x: number) => number,
): number {
  const { means, deviations } = mixture;
  const low = Math.min(...means.map((m, k) => m - 9 * deviations[k]!));
  const high = Math.max(...means.map((m, k) => m + 9 * deviations[k]!));
  const step = (high - low) / (PLACES - 1);
  let sum = 0;
  for (let i = 0; i < PLACES; i++) {
    const x = low + i * step;
    sum += Math.exp(mixtureLogDensity(mixture, x)) * value(x);
  }
  return sum * step;
}

/** Differential entropy in nats: exact for one component, else by quadrature. */
export function mixtureEntropy(mixture: NormalMixture): number {
  const [deviation] = mixture.deviations;
  if (mixture.weights.length === 1) {
    return Math.log(deviation!) + LOG_ROOT + 0.5; // one component
  }
  return expectation(mixture, (x) => -mixtureLogDensity(mixture, x));
}

/** Least mean squared error of the image at a place of the chain: E[Var[image | x]]. */
export function leastImageError(
  mixture: NormalMixture,
  mixing: Mixing,
): number {
  const [deviation] = mixture.deviations;
  if (mixture.weights.length === 1) {
    const variance = deviation! ** 2; // one component
    return variance * mixing.spread ** 2 /
      (mixing.signal ** 2 * variance + mixing.spread ** 2);
  }
  return expectation(
    noisyMixture(mixture, mixing),
    (x) => denoise(mixture, x, mixing).variance,
  );
}

function logJoint(
  { weights, means, deviations }: NormalMixture,
  x: number,
): number[] {
  return weights.map((weight, k) => {
    const z = (x - means[k]!) / deviations[k]!;
    return Math.log(weight / deviations[k]!) - z * z / 2 - LOG_ROOT;
  });
}

function logSumExp(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most +
    Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
