/**
 * What the players of an adversarial game minimize.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  discriminatorLoss,
  type GeneratorLoss,
  generatorLoss,
} from "./adversarial_losses.ts";
import {
  type Critic,
  gradientPenalty,
  r1Penalty,
} from "./gradient_penalties.ts";

/** Logits of a batch of real and one of fake items. */
export interface Scores {
  /** [batch, 1] */
  readonly real: tf.Tensor;
  /** [batch, 1] */
  readonly fake: tf.Tensor;
}

/** What a penalty on the discriminator's slope is computed from. */
export interface PenaltyInput {
  /** The discriminator, without its sigmoid. */
  readonly critic: Critic;
  /** [batch, item] */
  readonly real: tf.Tensor2D;
  /** [batch, item] */
  readonly fake: tf.Tensor2D;
  /** How much of a point between them is real, [batch, 1]; only some penalties need it. */
  readonly mix?: tf.Tensor2D;
}

/** The losses of both players. */
export interface Objective {
  /** What the discriminator minimizes, without its penalty. */
  readonly discriminator: (scores: Scores) => tf.Scalar;
  /** What the generator minimizes, of the logits of fake items. */
  readonly generator: (fake: tf.Tensor) => tf.Scalar;
  /** What is added to the discriminator's loss. */
  readonly penalty?: (input: PenaltyInput) => tf.Scalar;
  /** Whether the penalty needs numbers to mix real and fake items by. */
  readonly mixes?: boolean;
}

/** Settings of cross-entropies. */
export interface CrossEntropyOptions {
  /** What D should say of real items, in (0, 1]; 1 unless given. */
  readonly target?: number;
  /** What the generator minimizes; the non-saturating loss unless given. */
  readonly loss?: GeneratorLoss;
  /** Half of it times the mean squared slope at real items is added to the discriminator's loss; 0 unless given. */
  readonly r1?: number;
}

/** Both players by cross-entropy. Goodfellow et al. 2014, eq. 1 and section 3. */
export function crossEntropy(
  { target = 1, loss = "non-saturating", r1 = 0 }: CrossEntropyOptions = {},
): Objective {
  const losses: Objective = {
    discriminator: ({ real, fake }) => discriminatorLoss(real, fake, target),
    generator: (fake) => generatorLoss(fake, loss),
  };
  if (r1 === 0) return losses;
  return {
    ...losses,
    penalty: ({ critic, real }) =>
      r1Penalty(critic, real).mul<tf.Scalar>(r1 / 2),
  };
}

/**
 * Both players by the difference of mean scores, with a penalty that keeps the critic's slope near 1.
 *
 * Source: Gulrajani et al. 2017, eq. 3.
 *
 * @param lambda Weight of the penalty.
 */
export function wasserstein(lambda: number): Objective {
  return {
    discriminator: ({ real, fake }) => fake.mean<tf.Scalar>().sub(real.mean()),
    generator: (fake) => fake.mean<tf.Scalar>().neg(),
    mixes: true,
    penalty: ({ critic, real, fake, mix }) => {
      if (mix === undefined) {
        throw new TypeError("Expected numbers to mix real and fake items by");
      }
      return gradientPenalty(critic, real, fake, mix).mul<tf.Scalar>(lambda);
    },
  };
}
