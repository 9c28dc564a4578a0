/**
 * The autoencoder of Stable Diffusion.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate } from "../layers/activation.ts";
import { attention } from "../layers/attention.ts";
import { groupNorm } from "../unet/group_norm.ts";
import { linear } from "../layers/linear.ts";
import { sameConvolution } from "../unet/same_convolution.ts";
import {
  residualBlock,
  type ResidualBlockParameters,
} from "../unet/residual_block.ts";
import { doubleByConvolution, halveByConvolution } from "./file_blocks.ts";
import type {
  AutoencoderConfig,
  AutoencoderParameters,
  CoderParameters,
} from "./autoencoder_weights.ts";

/** Added to all variances. */
const EPSILON = 1e-6;

/**
 * Decodes latents as diffusion has them.
 *
 * Source: Rombach et al. 2022, section 3.1; the layout of diffusers' AutoencoderKL.
 *
 * @param latents [batch, side, side, channel], divided by the scaling factor here.
 * @param parameters Of the autoencoder.
 * @param config Its sizes.
 * @returns Pixels, about -1 to 1, [batch, side, side, channel].
 */
export function decodeLatents(
  latents: tf.Tensor4D,
  parameters: AutoencoderParameters,
  config: AutoencoderConfig,
): tf.Tensor4D {
  const { decoder } = parameters;
  const groups = config.norm_num_groups;
  const scaled = latents.div<tf.Tensor4D>(config.scaling_factor);
  const entered = linear(scaled, parameters.latents).as4D(...scaled.shape);
  let x = middle(sameConvolution(entered, decoder.enter), decoder, groups);
  for (const { residuals, resample } of decoder.sides) {
    for (const p of residuals) x = residual(x, p, groups);
    if (resample) x = doubleByConvolution(x, resample);
  }
  return leave(x, decoder, groups);
}

/** Mean and log variance of latents before they are scaled. */
export interface LatentMoments {
  /** [batch, side, side, channel] */
  readonly mean: tf.Tensor4D;
  /** Between -30 and 20, [batch, side, side, channel]. */
  readonly logVariance: tf.Tensor4D;
}

/**
 * Encodes images; latents of diffusion are the mean, or a sample, times the scaling factor.
 *
 * @param images From -1 to 1, [batch, side, side, channel].
 * @param parameters Of the autoencoder.
 * @param config Its sizes.
 * @returns Mean and log variance.
 */
export function encodeImages(
  images: tf.Tensor4D,
  parameters: AutoencoderParameters,
  config: AutoencoderConfig,
): LatentMoments {
  const { encoder } = parameters;
  const groups = config.norm_num_groups;
  let x = sameConvolution(images, encoder.enter);
  for (const { residuals, resample } of encoder.sides) {
    for (const p of residuals) x = residual(x, p, groups);
    if (resample) x = halveByConvolution(x, resample, "after");
  }
  const left = leave(middle(x, encoder, groups), encoder, groups);
  const moments = linear(left, parameters.moments).as4D(...left.shape);
  const [mean, logVariance] = tf.split(moments, 2, 3);
  const half = (part: tf.Tensor | undefined) =>
    part!.as4D(moments.shape[0], moments.shape[1], moments.shape[2], -1); // two parts
  return {
    mean: half(mean),
    logVariance: half(logVariance?.clipByValue(-30, 20)),
  };
}

function residual(
  x: tf.Tensor4D,
  parameters: ResidualBlockParameters,
  groups: number,
): tf.Tensor4D {
  return residualBlock(x, undefined, parameters, { groups, epsilon: EPSILON });
}

function middle(
  x: tf.Tensor4D,
  { middle: { first, norm, attention: parameters, second } }: CoderParameters,
  groups: number,
): tf.Tensor4D {
  const y = residual(x, first, groups);
  const [batch, height, width, channels] = y.shape;
  const pixels = groupNorm(y, norm, { groups, epsilon: EPSILON })
    .reshape([batch, height * width, channels]);
  const looked = attention(pixels, pixels, parameters, { heads: 1 }).y;
  const z = y.add<tf.Tensor4D>(looked.reshape(y.shape));
  return residual(z, second, groups);
}

function leave(
  x: tf.Tensor4D,
  { lastNorm, leave }: CoderParameters,
  groups: number,
): tf.Tensor4D {
  const normed = groupNorm(x, lastNorm, { groups, epsilon: EPSILON });
  return sameConvolution(
    activate("silu", normed).as4D(...normed.shape),
    leave,
  );
}
