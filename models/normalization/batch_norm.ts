/**
 * Channels with mean 0 and variance 1 over a batch.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";
import { ones, zeros } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** Added to the variance. */
const EPSILON = 1e-5;

/** What one batch leaves of the moving statistics: 0.9 here and in Keras is momentum 0.1 in PyTorch. */
const KEPT = 0.9;

/** The parameters of {@linkcode batchNorm}. */
export interface BatchNormParameters<P = tf.Tensor> {
  /** [channel] */
  readonly scale: P;
  /** [channel] */
  readonly shift: P;
}

/** Mean and variance of each channel. */
export interface ChannelStatistics<P = tf.Tensor> {
  /** [channel] */
  readonly mean: P;
  /** [channel] */
  readonly variance: P;
}

/** Declares the parameters of {@linkcode batchNorm}: it begins as the plain normalization. */
export function batchNormSpecs(
  channels: number,
): BatchNormParameters<ParameterSpec> {
  return {
    scale: { shape: [channels], initial: ones },
    shift: { shape: [channels], initial: zeros },
  };
}

/** Declares the moving statistics that evaluation needs: they begin at mean 0 and variance 1. */
export function channelStatisticsSpecs(
  channels: number,
): ChannelStatistics<ParameterSpec> {
  return {
    mean: { shape: [channels], initial: zeros },
    variance: { shape: [channels], initial: ones },
  };
}

/**
 * Brings each channel to mean 0 and variance 1 over all other axes, then scales and shifts it: as in training.
 *
 * Source: Ioffe & Szegedy 2015, algorithm 1; 1e-5 is added to the biased variance.
 *
 * @param x [..., channel]
 * @param parameters Scale and shift, [channel].
 * @returns [..., channel]
 */
export function batchNorm(
  x: tf.Tensor,
  { scale, shift }: BatchNormParameters,
): tf.Tensor {
  return withGradient([x, scale, shift], {
    value: (x, scale, shift) =>
      normalize(rows(x!)).y.mul(scale!).add(shift!).reshape(x!.shape), // three in, as in the gradient
    gradient: (dz, x, scale) => batchNormGradient(dz, x!, scale!),
  });
}

/**
 * Mean and unbiased variance of each channel of a batch, which move the statistics of evaluation.
 *
 * @param x [..., channel]
 * @returns [channel] each; no gradient is meant to pass through them.
 * @throws {RangeError} If each channel has a single number, which has no unbiased variance.
 */
export function channelStatistics(x: tf.Tensor): ChannelStatistics {
  const flat = rows(x);
  const [count] = flat.shape;
  if (count < 2) {
    throw new RangeError(
      `Expected at least 2 numbers of each channel but found ${count}`,
    );
  }
  const { mean, variance } = normalize(flat);
  return { mean, variance: variance.mul(count / (count - 1)) };
}

/**
 * Moves statistics a tenth of the way to those of a batch.
 *
 * Source: Ioffe & Szegedy 2015, section 3.1.
 */
export function moveStatistics(
  moving: ChannelStatistics,
  batch: ChannelStatistics,
): ChannelStatistics {
  const move = (from: tf.Tensor, to: tf.Tensor) =>
    from.mul(KEPT).add(to.mul(1 - KEPT));
  return {
    mean: move(moving.mean, batch.mean),
    variance: move(moving.variance, batch.variance),
  };
}

/**
 * Normalizes by given statistics, so that an item does not depend on its batch: as in evaluation.
 *
 * Source: Ioffe & Szegedy 2015, algorithm 2, step 11.
 *
 * @param x [..., channel]
 * @param parameters Scale and shift, [channel].
 * @param statistics The moving ones.
 * @returns [..., channel]
 */
export function normalizeBy(
  x: tf.Tensor,
  { scale, shift }: BatchNormParameters,
  { mean, variance }: ChannelStatistics,
): tf.Tensor {
  const slope = scale.mul(variance.add(EPSILON).rsqrt());
  return x.sub(mean).mul(slope).add(shift);
}

interface Normalized extends ChannelStatistics {
  /** (x - mean) / standard deviation, [row, channel]. */
  readonly y: tf.Tensor;
  /** 1 / standard deviation, [channel]. */
  readonly reciprocal: tf.Tensor;
}

/** The variance is biased, as the batch's own. */
function normalize(x: tf.Tensor2D): Normalized {
  const mean = x.mean(0);
  const centred = x.sub(mean);
  const variance = centred.square().mean(0);
  const reciprocal = variance.add(EPSILON).rsqrt();
  return { mean, variance, y: centred.mul(reciprocal), reciprocal };
}

/**
 * The gradients of x, scale and shift from that of z = scale y + shift, with means over the batch:
 * dx = scale (dz - mean(dz) - y mean(dz y)) / standard deviation.
 */
function batchNormGradient(
  dz: tf.Tensor,
  x: tf.Tensor,
  scale: tf.Tensor,
): tf.Tensor[] {
  const flat = rows(x);
  const [count] = flat.shape;
  const { y, reciprocal } = normalize(flat);
  const d = rows(dz);
  const dScale = d.mul(y).sum(0);
  const dShift = d.sum(0);
  const dx = d.sub(dShift.div(count)).sub(y.mul(dScale.div(count)))
    .mul(scale.mul(reciprocal));
  return [dx.reshape(x.shape), dScale, dShift];
}

/** [..., channel] -> [row, channel] */
function rows(x: tf.Tensor): tf.Tensor2D {
  return x.reshape([-1, x.shape.at(-1)!]); // rank 1 or more
}
