/**
 * The terms of the evidence bound of a diffusion chain, in nats for each number of an image.
 * @module
 */
import { posterior } from "./forward_process.ts";
import { expectTimestep, type NoiseSchedule } from "./noise_schedule.ts";
import type { Mixing } from "./prediction.ts";

/** The variance of the reverse step: that of the posterior given the image, beta, or the one that fits the error best. */
export type BoundVariance = "smaller" | "larger" | "best";

/** Signal and spread at a timestep of the chain. */
export function mixingAt(
  { alphaBars }: NoiseSchedule,
  timestep: number,
): Mixing {
  const alphaBar = alphaBars[expectTimestep(timestep, alphaBars)]!;
  return { signal: Math.sqrt(alphaBar), spread: Math.sqrt(1 - alphaBar) };
}

/**
 * Consistency term of one timestep: E KL(q(x_(t-1) | x_t, image) || p(x_(t-1) | x_t)), from the error of the estimated
 * image. With the smaller variance it is (SNR_(t-1) - SNR_t) / 2 times the error.
 *
 * Source: Ho et al. 2020, eqs. 8 and 10; Kingma et al. 2021, eq. 13.
 *
 * @param schedule The schedule.
 * @param timestep 1 ... T - 1: the step from there to the one before.
 * @param imageError Mean squared error of the image at the timestep.
 * @param variance Of the reverse step.
 * @returns Nats for each number, not negative.
 */
export function consistencyTerm(
  schedule: NoiseSchedule,
  timestep: number,
  imageError: number,
  variance: BoundVariance,
): number {
  const to = mixingAt(schedule, timestep - 1);
  const parts = posterior(to, mixingAt(schedule, timestep));
  const error = parts.image ** 2 * imageError;
  if (variance === "smaller") return error / (2 * parts.variance);
  const v = variance === "larger" ? parts.beta : parts.variance + error; // the moments of q agree with those of p
  return (Math.log(v / parts.variance) + (parts.variance + error) / v - 1) / 2;
}

/**
 * Prior matching term: E KL(q(x_T | image) || N(0, 1)), which is larger than KL(q(x_T) || N(0, 1)).
 *
 * @param schedule The schedule.
 * @param meanSquare Mean square of the numbers of an image.
 * @returns Nats for each number, not negative.
 */
export function priorTerm(
  { alphaBars }: NoiseSchedule,
  meanSquare: number,
): number {
  const alphaBar = alphaBars.at(-1)!; // at least two timesteps
  return (alphaBar * meanSquare - alphaBar - Math.log1p(-alphaBar)) / 2;
}

/**
 * Reconstruction term of continuous numbers: E -log N(image; estimate at timestep 0, variance).
 *
 * @param imageError Mean squared error of the image at timestep 0.
 * @param variance Of the decoder: the error itself is the best one, and is taken unless another is given.
 * @returns Nats for each number.
 */
export function reconstructionTerm(
  imageError: number,
  variance: number = imageError,
): number {
  return (Math.log(2 * Math.PI * variance) + imageError / variance) / 2;
}

/** The bound of a chain and its terms, in nats for each number. */
export interface ChainBound {
  /** E KL(q(x_T | image) || N(0, 1)) */
  readonly prior: number;
  /** The sum of the consistency terms of timesteps 1 ... T - 1. */
  readonly consistency: number;
  /** E -log p(image | x at timestep 0) */
  readonly reconstruction: number;
  /** Sum of the terms: the negative of the evidence lower bound. */
  readonly total: number;
}

/**
 * The negative evidence bound of a chain whose error is known at each timestep.
 *
 * @param schedule The schedule.
 * @param imageError Mean squared error of the image at a timestep.
 * @param meanSquare Mean square of the numbers of an image.
 * @param variance Of the reverse steps; the decoder's is the best one.
 * @returns The terms.
 */
export function chainBound(
  schedule: NoiseSchedule,
  imageError: (mixing: Mixing) => number,
  meanSquare: number,
  variance: BoundVariance,
): ChainBound {
  const errorAt = (t: number) => imageError(mixingAt(schedule, t));
  let consistency = 0;
  for (let t = 1; t < schedule.alphaBars.length; t++) {
    consistency += consistencyTerm(schedule, t, errorAt(t), variance);
  }
  const prior = priorTerm(schedule, meanSquare);
  const reconstruction = reconstructionTerm(errorAt(0));
  return {
    prior,
    consistency,
    reconstruction,
    total: prior + consistency + reconstruction,
  };
}
