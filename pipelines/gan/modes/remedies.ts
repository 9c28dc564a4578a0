/**
 * What is tried against the loss of modes.
 * @module
 */
import {
  crossEntropy,
  type Objective,
  wasserstein,
} from "../../../models/adversarial/objective.ts";
import type { PerceptronOptions } from "../../../models/gan.ts";

/** All kinds. */
export const remedyNames = [
  "plain",
  "smoothing",
  "spectral-norm",
  "wgan-gp",
  "r1",
] as const;

/** A kind of game, by name. */
export type RemedyName = typeof remedyNames[number];

/** How a kind of game is played. */
export interface Remedy {
  /** For a reader. */
  readonly title: string;
  /** What both players minimize. */
  readonly objective: Objective;
  /** What differs in the discriminator. */
  readonly discriminator: Pick<PerceptronOptions, "norm" | "gain">;
  /** Updates of the discriminator before one of the generator. */
  readonly criticUpdates: number;
  /** Decay of Adam's mean of gradients. */
  readonly beta1: number;
}

/** How strongly penalties and gains act: distances on the ring are of size 1, those of images of size 10. */
export interface RemedyStrength {
  /** Weight of the gradient penalty. */
  readonly lambda: number;
  /** Gamma of R1. */
  readonly r1: number;
  /** The most that a spectrally normalized logit rises by a unit. */
  readonly gain: number;
}

/** On the ring of Gaussians. */
export const ringStrength: RemedyStrength = { lambda: 0.1, r1: 0.1, gain: 20 };

/** On images of 784 pixels from -1 to 1. Gulrajani et al. 2017, algorithm 1, for lambda. */
export const imageStrength: RemedyStrength = { lambda: 10, r1: 0.1, gain: 1 };

/**
 * Finds how a kind of game is played.
 *
 * Source: Goodfellow et al. 2014; Salimans et al. 2016, section 3.4; Miyato et al. 2018; Gulrajani et al. 2017,
 * algorithm 1, with five updates of the critic and beta1 0; Mescheder et al. 2018.
 */
export function remedy(
  name: RemedyName,
  { lambda, r1, gain }: RemedyStrength,
): Remedy {
  const plain: Remedy = {
    title: "plain",
    objective: crossEntropy(),
    discriminator: {},
    criticUpdates: 1,
    beta1: 0.5,
  };
  switch (name) {
    case "plain":
      return plain;
    case "smoothing":
      return {
        ...plain,
        title: "target 0.9",
        objective: crossEntropy({ target: 0.9 }),
      };
    case "spectral-norm":
      return {
        ...plain,
        title: "spectral norm",
        discriminator: { norm: "spectral", gain },
      };
    case "wgan-gp":
      return {
        ...plain,
        title: "WGAN-GP",
        objective: wasserstein(lambda),
        criticUpdates: 5,
        beta1: 0,
      };
    case "r1":
      return { ...plain, title: "R1", objective: crossEntropy({ r1 }) };
  }
}
