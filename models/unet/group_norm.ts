/**
 * Groups of channels with mean 0 and variance 1 over each image.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";
import { ones, zeros } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";

/** The parameters of {@linkcode groupNorm}. */
export interface GroupNormParameters<P = tf.Tensor> {
  /** [channel] */
  readonly scale: P;
  /** [channel] */
  readonly shift: P;
}

/** How {@linkcode groupNorm} computes. */
export interface GroupNormOptions {
  /** Divides the channels. */
  readonly groups: number;
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
  /** Added to all pixels of a channel before, [batch or 1, channel]: it moves means alone, which costs no pass. */
  readonly offset?: tf.Tensor;
}

/** Declares the parameters of {@linkcode groupNorm}: it begins as the plain normalization. */
export function groupNormSpecs(
  channels: number,
): GroupNormParameters<ParameterSpec> {
  return {
    scale: { shape: [channels], initial: ones },
    shift: { shape: [channels], initial: zeros },
  };
}

/**
 * Brings each group of channels of each image to mean 0 and variance 1, then scales and shifts the channels.
 *
 * One multiplication and one addition to each pixel, y = a d + b, where d is its deviation from the mean of its channel,
 * and a and b of each image and channel come from two sums over its pixels. The variance is the mean of d^2, plus that
 * of the squared distances between the means of channels and of their group: no digits cancel, however large the mean.
 *
 * Source: Wu & He 2018, eqs. 1 to 6.
 *
 * @param x [batch, height, width, channel]
 * @param parameters Scale and shift, [channel].
 * @param options Groups, and what is added to the variance.
 * @returns [batch, height, width, channel]
 * @throws {RangeError} If the groups do not divide the channels.
 */
export function groupNorm(
  x: tf.Tensor4D,
  { scale, shift }: GroupNormParameters,
  { groups, epsilon = 1e-5, offset }: GroupNormOptions,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (channels % groups !== 0) {
    throw new RangeError(
      `Expected groups to divide the ${channels} channels but found ${groups}`,
    );
  }
  const sizes = { batch, pixels: height * width, channels, groups, epsilon };
  const pixels = x.reshape([batch, -1, channels]);
  const own = offset ? [tf.zeros([batch, channels]).add(offset)] : []; // of each image
  const y = withGradient([pixels, scale, shift, ...own], {
    value: (x, scale, shift, offset) =>
      normalize({ x: x!, offset }, scale!, shift!, sizes), // as many as above, as in the gradient
    gradient: (dy, x, scale, _, offset) =>
      normGradient(dy, { x: x!, offset }, scale!, sizes),
  });
  return y.reshape([batch, height, width, channels]);
}

/** What is normalized. */
interface Given {
  /** [batch, pixel, channel] */
  readonly x: tf.Tensor;
  /** Added to x, [batch, channel]. */
  readonly offset: tf.Tensor | undefined;
}

interface Sizes {
  readonly batch: number;
  readonly pixels: number;
  readonly channels: number;
  readonly groups: number;
  readonly epsilon: number;
}

/** What the normalization needs to know of x. */
interface Moments {
  /** Each number less the mean of its channel, [batch, pixel, channel]. */
  readonly deviation: tf.Tensor;
  /** The mean of each channel less that of its group, [batch, group, channel of group]. */
  readonly distance: tf.Tensor;
  /** 1 / sqrt(variance + epsilon) of each group, [batch, group, 1]. */
  readonly reciprocal: tf.Tensor;
}

function momentsOf({ x, offset }: Given, sizes: Sizes): Moments {
  const { batch, groups, epsilon } = sizes;
  const mean = x.mean(1, true);
  const deviation = x.sub(mean);
  const moved = offset ? mean.reshape(offset.shape).add(offset) : mean;
  const means = moved.reshape([batch, groups, -1]);
  const distance = means.sub(means.mean(2, true));
  const variance = deviation.square().mean(1).reshape([batch, groups, -1])
    .add(distance.square()).mean(2, true);
  return { deviation, distance, reciprocal: variance.add(epsilon).rsqrt() };
}

function normalize(
  given: Given,
  scale: tf.Tensor,
  shift: tf.Tensor,
  sizes: Sizes,
): tf.Tensor {
  const { deviation, distance, reciprocal } = momentsOf(given, sizes);
  const factor = reciprocal.mul(byGroup(scale, sizes)); // [batch, group, channel of group]
  const offset = distance.mul(factor).add(byGroup(shift, sizes));
  return deviation.mul(byPixel(factor, sizes)).add(byPixel(offset, sizes));
}

/**
 * The gradients of x, scale and shift, and of the offset: the sum of that of x. With y = scale z + shift, z = (deviation + distance) r and means over the n
 * numbers of a group, dx = r (scale dy - mean(scale dy) - z mean(scale dy z)): again a multiple of dy, one of the
 * deviation, and an offset.
 */
function normGradient(
  dy: tf.Tensor,
  given: Given,
  scale: tf.Tensor,
  sizes: Sizes,
): tf.Tensor[] {
  const { batch, channels, groups, pixels } = sizes;
  const { deviation, distance, reciprocal } = momentsOf(given, sizes);
  const grouped = [batch, groups, channels / groups];
  const sum = dy.sum(1).reshape(grouped);
  const product = dy.mul(deviation).sum(1).reshape(grouped)
    .add(sum.mul(distance)).mul(reciprocal); // sum over pixels of dy z
  const scales = byGroup(scale, sizes);
  const count = pixels * channels / groups;
  const meanDy = sum.mul(scales).sum(2, true).div(count);
  const meanDyZ = product.mul(scales).sum(2, true).div(count);
  const ofDy = reciprocal.mul(scales);
  const ofDeviation = reciprocal.square().mul(meanDyZ).neg();
  const offset = ofDeviation.mul(distance).sub(reciprocal.mul(meanDy));
  const dx = dy.mul(byPixel(ofDy, sizes)).add(
    deviation.mul(byPixel(ofDeviation, sizes)).add(byPixel(offset, sizes)),
  );
  return [
    dx,
    product.sum(0).reshape([channels]),
    sum.sum(0).reshape([channels]),
    ...given.offset
      ? [ofDy.mul(sum).add(offset.mul(pixels)).reshape([batch, channels])] // deviations add up to zero
      : [],
  ];
}

/** [channel] -> [1, group, channel of group] */
function byGroup(x: tf.Tensor, { groups }: Sizes): tf.Tensor {
  return x.reshape([1, groups, -1]);
}

/** [batch, group, channel of group], or one number for each group -> [batch, 1, channel] */
function byPixel(x: tf.Tensor, { batch, channels, groups }: Sizes): tf.Tensor {
  const whole = x.shape[2] === 1 ? x.tile([1, 1, channels / groups]) : x;
  return whole.reshape([batch, 1, channels]);
}
