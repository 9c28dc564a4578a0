/**
 * What the study of both generator losses finds.
 * @module
 */
import type { GeneratorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import type {
  Gaussian,
  GaussianGame,
} from "../../../models/adversarial/gaussian_game.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { entryNames } from "../../core/stage.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import type { Training } from "../../training/training.ts";

/** The gradients of both generator losses after some updates of the discriminator. */
export interface FrozenPoint {
  /** Updates so far. */
  readonly updates: number;
  /** Mean D(x). */
  readonly real: number;
  /** Mean D(G(z)). */
  readonly fake: number;
  /** Norm of the gradient of log(1 - D(G(z))) over all of the generator's parameters. */
  readonly saturating: number;
  /** Norm of the gradient of -log D(G(z)). */
  readonly nonSaturating: number;
}

/** One pair of densities. */
export interface GaussianCase {
  /** What sets it apart among the numbers. */
  readonly name: string;
  /** What sets it apart for a reader; p is N(0, 1). */
  readonly title: string;
  /** The real density. */
  readonly p: Gaussian;
  /** The fake density. */
  readonly q: Gaussian;
  /** What the discriminator should say of real points. */
  readonly target: number;
}

/** One point of the line, and what D says of it. */
export interface LearnedPoint {
  /** The point. */
  readonly x: number;
  /** D(x) of the optimal discriminator. */
  readonly exact: number;
  /** D(x) of the learned one. */
  readonly learned: number;
}

/** A pair with its exact game and a learned discriminator. */
export interface LearnedGame extends GaussianCase {
  /** With the optimal discriminator. */
  readonly game: GaussianGame;
  /** The value that the learned discriminator reaches on held-out points, in nats. */
  readonly value: MeanAndError;
  /** Both discriminators along the line. */
  readonly curve: readonly LearnedPoint[];
}

/** The slopes of both losses in the mean of q = N(shift, 1), for p = N(0, 1). */
export interface SlopePoint {
  /** Distance of the means, in deviations. */
  readonly shift: number;
  /** Slope of E_q[log(1 - D)], in nats. */
  readonly saturating: number;
  /** Slope of E_q[-log D], in nats. */
  readonly nonSaturating: number;
}

/** A balanced training with one of the losses. */
export interface BalancedRun {
  /** What the generator minimized. */
  readonly loss: GeneratorLoss;
  /** How it went. */
  readonly training: Training;
}

/** What the study tells and draws. */
export interface LossStudy {
  /** For each seed, gradients by updates of D. */
  readonly frozenRuns: readonly (readonly FrozenPoint[])[];
  /** For each loss and seed. */
  readonly balancedRuns: readonly BalancedRun[];
  /** Exact and learned discriminators. */
  readonly gaussians: readonly LearnedGame[];
  /** Exact slopes of both losses. */
  readonly slopes: readonly SlopePoint[];
  /** Where the images are from. */
  readonly dataset: DatasetInfo;
}

/** The names of the study's entries. */
export const lossStudyNames: readonly (keyof LossStudy)[] = entryNames<
  LossStudy
>({
  frozenRuns: true,
  balancedRuns: true,
  gaussians: true,
  slopes: true,
  dataset: true,
});
