/**
 * How much noise each timestep of a diffusion process has, in double precision.
 * @module
 */

/** Noise variances of the T timesteps of the chain x_t = sqrt(1 - beta_t) x_(t-1) + sqrt(beta_t) noise. */
export interface NoiseSchedule {
  /** beta_t, [T]. */
  readonly betas: Float64Array;
  /** Part of the variance of x_t that is signal: the product of 1 - beta up to t, [T]. */
  readonly alphaBars: Float64Array;
  /** Standard deviation of the noise per unit of signal, sqrt((1 - alphaBar) / alphaBar), ascending, [T]. */
  readonly noiseRatios: Float64Array;
}

/** The name of a schedule. */
export type ScheduleName = "linear" | "scaled-linear" | "cosine";

/** Where the betas of a linear or scaled-linear schedule begin and end. */
export interface BetaRange {
  /** beta at the first timestep. */
  readonly first: number;
  /** beta at the last timestep. */
  readonly last: number;
}

/** Greatest beta of the cosine schedule: the last would be 1. */
const MOST_BETA = 0.999;

/** Offset of the cosine schedule, so that the first beta is not too small. */
const OFFSET = 0.008;

/** Ranges for T = 1000: Ho et al. 2020, section 4, and Rombach et al. 2022, with Stable Diffusion's numbers. */
const ranges: Readonly<Record<Exclude<ScheduleName, "cosine">, BetaRange>> = {
  "linear": { first: 1e-4, last: 0.02 },
  "scaled-linear": { first: 0.00085, last: 0.012 },
};

/**
 * Makes a schedule of T timesteps.
 *
 * Linear: betas between two ends, Ho et al. 2020. Scaled linear: their square roots, Rombach et al. 2022. Cosine: 1 -
 * f((i + 1) / T) / f(i / T), at most 0.999, f(u) = cos((u + 0.008) / 1.008 pi / 2)^2; Nichol & Dhariwal 2021, eq. 17.
 *
 * @param name Which one.
 * @param timesteps T, at least 2.
 * @param range Ends of the betas, which the cosine schedule has not; as published for T = 1000 unless given.
 * @returns The schedule.
 * @throws {RangeError} If there are fewer than two timesteps, or a beta is not between 0 and 1.
 */
export function noiseSchedule(
  name: ScheduleName,
  timesteps: number,
  range?: BetaRange,
): NoiseSchedule {
  if (!Number.isInteger(timesteps) || timesteps < 2) {
    throw new RangeError(
      `Expected a whole number of at least 2 timesteps but found ${timesteps}`,
    );
  }
  if (name === "cosine") return scheduleOf(cosineBetas(timesteps));
  const { first, last } = range ?? ranges[name];
  const scaled = name === "scaled-linear";
  const from = scaled ? Math.sqrt(first) : first;
  const to = scaled ? Math.sqrt(last) : last;
  return scheduleOf(Float64Array.from({ length: timesteps }, (_, i) => {
    const value = from + (to - from) * i / (timesteps - 1);
    return scaled ? value ** 2 : value;
  }));
}

/**
 * Makes a schedule from its betas.
 *
 * @param betas One for each timestep, above 0 and at most 1; 1 at the last timestep leaves no signal there.
 * @returns The schedule.
 * @throws {RangeError} If a beta is out of range.
 */
export function scheduleOf(betas: Float64Array): NoiseSchedule {
  const alphaBars = new Float64Array(betas.length);
  let product = 1;
  betas.forEach((beta, t) => {
    const isLast = t === betas.length - 1;
    if (!(beta > 0 && (beta < 1 || (isLast && beta === 1)))) {
      throw new RangeError(
        `Expected betas between 0 and 1 but found ${beta} at timestep ${t}`,
      );
    }
    product *= 1 - beta;
    alphaBars[t] = product;
  });
  const noiseRatios = alphaBars.map((a) => Math.sqrt((1 - a) / a));
  return { betas, alphaBars, noiseRatios };
}

/**
 * Moves a schedule so that its last timestep has no signal: sqrt(alphaBar) is shifted and stretched, its first value
 * stays.
 *
 * Source: Lin et al. 2024, algorithm 1.
 *
 * @param schedule The schedule.
 * @returns Another, whose last beta is 1 and whose last noise ratio is infinite.
 */
export function withZeroTerminalSnr(
  { alphaBars }: NoiseSchedule,
): NoiseSchedule {
  const signals = alphaBars.map(Math.sqrt);
  const first = signals[0]!; // at least two timesteps
  const last = signals.at(-1)!;
  const moved = signals.map((s) => ((s - last) * first / (first - last)) ** 2);
  return scheduleOf(moved.map((a, t) => 1 - a / (moved[t - 1] ?? 1)));
}

/**
 * Logarithm of the signal-to-noise ratio alphaBar / (1 - alphaBar) of a timestep.
 *
 * Source: Kingma et al. 2021, eq. 3.
 *
 * @param schedule The schedule.
 * @param timestep 0 ... T - 1.
 * @returns -Infinity where there is no signal.
 */
export function logSnr(
  { noiseRatios }: NoiseSchedule,
  timestep: number,
): number {
  return -2 * Math.log(noiseRatios[expectTimestep(timestep, noiseRatios)]!);
}

/**
 * Refuses what is no timestep of a schedule.
 *
 * @param timestep Expected to be a whole number from 0 to T - 1.
 * @param values One for each timestep.
 * @returns The timestep.
 * @throws {RangeError} If it is none.
 */
export function expectTimestep(
  timestep: number,
  values: ArrayLike<number>,
): number {
  if (
    Number.isInteger(timestep) && timestep >= 0 && timestep < values.length
  ) return timestep;
  throw new RangeError(
    `Expected a whole timestep from 0 to ${
      values.length - 1
    } but found ${timestep}`,
  );
}

function cosineBetas(timesteps: number): Float64Array {
  const f = (u: number) =>
    Math.cos((u + OFFSET) / (1 + OFFSET) * Math.PI / 2) ** 2;
  return Float64Array.from(
    { length: timesteps },
    (_, i) =>
      Math.min(1 - f((i + 1) / timesteps) / f(i / timesteps), MOST_BETA),
  );
}
