/**
 * Penalties on the slope of a critic, by gradients of gradients.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Scores of items, such as a discriminator's logits: [batch, input] to [batch, 1]. */
export type Critic = (x: tf.Tensor2D) => tf.Tensor;

/** Keeps the norm of a gradient of zeros differentiable. */
const EPSILON = 1e-12;

/**
 * The mean of (norm of the critic's gradient - 1)^2 at points between real and fake items.
 *
 * The norm is each item's own; that of the batch as a whole would tend to 1 / sqrt(batch). The critic must not mix the
 * items of a batch, as a batch norm does.
 *
 * Source: Gulrajani et al. 2017, eq. 3 and algorithm 1.
 *
 * @param critic Scores, not probabilities.
 * @param real [batch, input]
 * @param fake [batch, input]
 * @param mix How much of a point is real, uniform in [0, 1), [batch, 1]: one number for each pair.
 * @returns A scalar, to be multiplied by lambda.
 */
export function gradientPenalty(
  critic: Critic,
  real: tf.Tensor2D,
  fake: tf.Tensor2D,
  mix: tf.Tensor2D,
): tf.Scalar {
  const between = fake.add<tf.Tensor2D>(real.sub(fake).mul(mix));
  return squaredSlopes(critic, between).add(EPSILON).sqrt().sub(1).square()
    .mean();
}

/**
 * The mean of the critic's squared gradient at real items.
 *
 * Source: Mescheder et al. 2018, eq. 9, without the factor gamma / 2.
 *
 * @param critic Scores, not probabilities.
 * @param real [batch, input]
 * @returns A scalar, to be multiplied by gamma / 2.
 */
export function r1Penalty(critic: Critic, real: tf.Tensor2D): tf.Scalar {
  return squaredSlopes(critic, real).mean();
}

/** Squared norm of the critic's gradient at each item, [batch]. */
function squaredSlopes(critic: Critic, x: tf.Tensor2D): tf.Tensor {
  const gradient = tf.grad((x) => critic(x as tf.Tensor2D).sum())(x); // of the shape of x
  return gradient.square().sum(1);
}
