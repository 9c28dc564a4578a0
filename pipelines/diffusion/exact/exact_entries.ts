/**
 * What is known exactly of diffusion, and how near samplers and sums come to it.
 * @module
 */
import type {
  BoundVariance,
  ChainBound,
} from "../../../models/diffusion/bound_terms.ts";
import type { ScheduleName } from "../../../models/diffusion/noise_schedule.ts";
import type { NormalMixture } from "../../../models/diffusion/normal_mixture.ts";
import type { LineFit } from "../../statistics/fit_line.ts";

/** Data whose every noisy law is known. */
export interface KnownData {
  /** Such as `normal`. */
  readonly name: string;
  /** The law. */
  readonly law: NormalMixture;
}

/** One normal law, and a mixture of two, both of size one. */
export const knownData: readonly [normal: KnownData, mixture: KnownData] = [
  {
    name: "normal",
    law: { weights: [1], means: [0.5], deviations: [0.25] },
  },
  {
    name: "mixture",
    law: { weights: [0.3, 0.7], means: [-2, 1.5], deviations: [0.5, 0.25] },
  },
];

/** The noisy law at one timestep, by formula and by simulating the chain. */
export interface MarginalPoint {
  /** Which. */
  readonly timestep: number;
  /** Mean of the simulated chains less that of the formula, in standard errors. */
  readonly meanDeviation: number;
  /** Variance of the simulated chains less that of the formula, in standard errors. */
  readonly varianceDeviation: number;
}

/** The bound of one chain, in nats for each number. */
export interface BoundCase extends ChainBound {
  /** Name of the data. */
  readonly data: string;
  /** How the noise grows. */
  readonly schedule: ScheduleName;
  /** Timesteps of the chain. */
  readonly timesteps: number;
  /** Variance of the reverse steps. */
  readonly variance: BoundVariance;
  /** The bound less the entropy of the data: what the chain cannot know. */
  readonly gap: number;
}

/** One timestep of a chain. */
export interface TimestepPoint {
  /** Which. */
  readonly timestep: number;
  /** log(SNR), by schedule. */
  readonly logSnr: Readonly<Record<ScheduleName, number>>;
  /** Factor of the squared error of the image in the loss, by weighting, for the linear schedule. */
  readonly weights: Readonly<Record<string, number>>;
  /** Consistency term of normal data with the smaller variance, in nats. */
  readonly consistency: number;
}

/** How fast a sampler's error falls. */
export interface OrderCase {
  /** Name of the sampler. */
  readonly sampler: string;
  /** What it should be. */
  readonly order: number;
  /** Name of the data. */
  readonly data: string;
  /** Root mean square error at the end, by steps. */
  readonly errors: readonly {
    readonly steps: number;
    readonly error: number;
  }[];
  /** Line of -log2(error) against log2(steps), from the four largest numbers of steps. */
  readonly fit: LineFit;
}

/** The spread of a sampler's output for normal data. */
export interface LawCase {
  /** Name of the sampler. */
  readonly sampler: string;
  /** Exact standard deviation, by steps. */
  readonly deviations: readonly {
    readonly steps: number;
    readonly deviation: number;
  }[];
}

/** A law by formula beside one by samples. */
export interface SampledLaw {
  /** Exact. */
  readonly exact: number;
  /** Standard deviation of the samples. */
  readonly sampled: number;
  /** Standard error of `sampled`. */
  readonly standardError: number;
}

/** The error of log densities by the probability flow. */
export interface FlowPoint {
  /** Steps of Runge and Kutta's method. */
  readonly steps: number;
  /** Greatest over eight places and both kinds of data, in nats. */
  readonly error: number;
  /** Greatest error where the end is taken for N(0, sigma^2), in nats. */
  readonly forgetfulError: number;
}

/** What guidance does to a normal law. */
export interface GuidancePoint {
  /** g */
  readonly guidance: number;
  /** Standard deviation of guided samples, by formula. */
  readonly exact: number;
  /** By a sampler. */
  readonly sampled: number;
}

/** All that was computed. */
export interface ExactDiffusion {
  /** Marginals of normal data, by timestep. */
  readonly marginals: readonly MarginalPoint[];
  /** By data, schedule and variance. */
  readonly bounds: readonly BoundCase[];
  /** |bound - entropy - KL(q(x_T) || p)| of normal data with the best variance, the greatest of all schedules, in nats. */
  readonly identityError: number;
  /** By timestep. */
  readonly timesteps: readonly TimestepPoint[];
  /** By sampler and data. */
  readonly orders: readonly OrderCase[];
  /** By sampler. */
  readonly laws: readonly LawCase[];
  /** Euler's ancestral method with ten steps. */
  readonly sampledLaw: SampledLaw;
  /** By steps. */
  readonly flow: readonly FlowPoint[];
  /** By g. */
  readonly guidance: readonly GuidancePoint[];
}
