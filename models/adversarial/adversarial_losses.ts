/**
 * The losses of both players of an adversarial game, by logits.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** What the generator minimizes: -log D(G(z)), or log(1 - D(G(z))). */
export type GeneratorLoss = "non-saturating" | "saturating";

/**
 * The discriminator's cross-entropy, in nats: of real items with a target a, and of fake ones with target 0.
 *
 * With l the logit of D, it is the mean of softplus(l) - a l over real items and the mean of softplus(l) over fake ones.
 * Below 1, a smooths the real side alone: a target above 0 for fake items would give the optimal D a mass where the fake
 * density is large.
 *
 * Source: Goodfellow et al. 2014, eq. 1, for a = 1; Salimans et al. 2016, section 3.4, for one-sided smoothing.
 *
 * @param real Logits of real items.
 * @param fake Logits of fake items.
 * @param target What D should say of real items, in (0, 1].
 */
export function discriminatorLoss(
  real: tf.Tensor,
  fake: tf.Tensor,
  target = 1,
): tf.Scalar {
  const onReal = tf.softplus(real).sub(real.mul(target)).mean<tf.Scalar>();
  return onReal.add(tf.softplus(fake).mean());
}

/**
 * The generator's loss, in nats, whose gradient in the logit is -(1 - D) without saturation and -D with it.
 *
 * Source: Goodfellow et al. 2014, section 3, on both.
 *
 * @param fake Logits of fake items.
 * @param kind softplus(-l) = -log D, or -softplus(l) = log(1 - D).
 */
export function generatorLoss(
  fake: tf.Tensor,
  kind: GeneratorLoss,
): tf.Scalar {
  return kind === "non-saturating"
    ? tf.softplus(fake.neg()).mean()
    : tf.softplus(fake).mean<tf.Scalar>().neg();
}

/** Where both players of a game stand when the fake density is the real one. */
export interface Equilibrium {
  /** D everywhere: half of the target. */
  readonly discriminator: number;
  /** The discriminator's loss, in nats: log 4 for target 1. */
  readonly discriminatorLoss: number;
  /** The generator's loss, in nats. */
  readonly generatorLoss: number;
}

/**
 * The values at equal densities, where the optimal D = a p / (p + q) is a / 2.
 *
 * @param target a, in (0, 1].
 * @param kind Of the generator's loss.
 * @throws {RangeError} If the target is not in (0, 1].
 */
export function equilibrium(
  target: number,
  kind: GeneratorLoss,
): Equilibrium {
  if (!(target > 0 && target <= 1)) {
    throw new RangeError(
      `Expected a target above 0 and at most 1 but found ${target}`,
    );
  }
  const d = target / 2;
  const discriminatorLoss = -target * Math.log(d) -
    (2 - target) * Math.log1p(-d);
  return {
    discriminator: d,
    discriminatorLoss,
    generatorLoss: kind === "non-saturating" ? -Math.log(d) : Math.log1p(-d),
  };
}
