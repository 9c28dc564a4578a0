/**
 * A small U-Net that predicts the noise in images, or the images, of a class.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { activate } from "./layers/activation.ts";
import {
  attention,
  type AttentionParameters,
  attentionSpecs,
} from "./layers/attention.ts";
import type { ConvolutionParameters } from "./layers/convolution.ts";
import { embedding } from "./layers/embedding.ts";
import {
  groupNorm,
  type GroupNormParameters,
  groupNormSpecs,
} from "./unet/group_norm.ts";
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import {
  sameConvolution,
  sameConvolutionSpecs,
} from "./unet/same_convolution.ts";
import { fanInUniform, normal, zeros } from "./parameters/initials.ts";
import type { ParameterSpec } from "./parameters/parameters.ts";
import { doubleByRepeating, halveByMean } from "./unet/resample.ts";
import {
  residualBlock,
  type ResidualBlockParameters,
  residualBlockSpecs,
} from "./unet/residual_block.ts";

/** The sizes of {@linkcode unet}. */
export interface UnetSizes {
  /** Side of the square images, a multiple of 4; 28 unless given. */
  readonly side?: number;
  /** Channels at the full side; twice and four times as many below. A multiple of 8; 16 unless given. */
  readonly channels?: number;
  /** Waves that tell the timestep; 64 unless given. */
  readonly timeWidth?: number;
  /** Length of the vector of time and class; 128 unless given. */
  readonly embeddingWidth?: number;
  /** Classes; one more index stands for no class. 10 unless given. */
  readonly classes?: number;
}

/** The attention in the middle: each pixel looks at all pixels. */
export interface PixelAttentionParameters<P = tf.Tensor> {
  /** Before the attention. */
  readonly norm: GroupNormParameters<P>;
  /** One head. */
  readonly attention: AttentionParameters<P>;
}

/** The parameters of {@linkcode unet}. */
export interface UnetParameters<P = tf.Tensor> {
  /** From the waves of the timestep. */
  readonly firstTime: LinearParameters<P>;
  /** After an activation. */
  readonly secondTime: LinearParameters<P>;
  /** A vector for each class and for none, [classes + 1, embedding]. */
  readonly classes: P;
  /** From the pixel to the first channels. */
  readonly enter: ConvolutionParameters<P>;
  /** At the full, the half and the quarter side. */
  readonly down: readonly ResidualBlockParameters<P>[];
  /** At the quarter side. */
  readonly beforeAttention: ResidualBlockParameters<P>;
  /** At the quarter side. */
  readonly attention: PixelAttentionParameters<P>;
  /** At the quarter side. */
  readonly afterAttention: ResidualBlockParameters<P>;
  /** At the quarter, the half and the full side, each given what left its block on the way down. */
  readonly up: readonly ResidualBlockParameters<P>[];
  /** After the last block. */
  readonly lastNorm: GroupNormParameters<P>;
  /** To the pixel. */
  readonly leave: ConvolutionParameters<P>;
}

/** What the network is told of each image. */
export interface UnetCondition {
  /** Waves of the timestep, as `timeFeatures` gives them, [batch or 1, timeWidth]. */
  readonly time: tf.Tensor2D;
  /** Index of the class, or the number of classes for none, int32, [batch]. */
  readonly classes: tf.Tensor1D;
}

/** Groups of each group norm. */
const GROUPS = 8;

/**
 * Declares the parameters of {@linkcode unet}: its output begins as zero.
 *
 * @throws {RangeError} If the side is no multiple of 4, or the channels no multiple of 8.
 */
export function unetSpecs(
  {
    side = 28,
    channels = 16,
    timeWidth = 64,
    embeddingWidth = 128,
    classes = 10,
  }: UnetSizes,
): UnetParameters<ParameterSpec> {
  if (side % 4 !== 0) {
    throw new RangeError(
      `Expected the side to be a multiple of 4 but found ${side}`,
    );
  }
  if (channels % GROUPS !== 0) {
    throw new RangeError(
      `Expected channels to be a multiple of ${GROUPS} but found ${channels}`,
    );
  }
  const [full, half, quarter] = [channels, 2 * channels, 4 * channels];
  const block = (inputs: number, outputs: number) =>
    residualBlockSpecs({ inputs, outputs, time: embeddingWidth });
  return {
    firstTime: linearSpecs(timeWidth, embeddingWidth, fanInUniform),
    secondTime: linearSpecs(embeddingWidth, embeddingWidth, fanInUniform),
    classes: { shape: [classes + 1, embeddingWidth], initial: normal(1) },
    enter: sameConvolutionSpecs({
      inputs: 1,
      outputs: full,
      initial: fanInUniform,
    }),
    down: [block(full, full), block(full, half), block(half, quarter)],
    beforeAttention: block(quarter, quarter),
    attention: {
      norm: groupNormSpecs(quarter),
      attention: attentionSpecs(quarter, {
        input: fanInUniform,
        output: () => zeros,
      }),
    },
    afterAttention: block(quarter, quarter),
    up: [
      block(2 * quarter, quarter),
      block(quarter + half, half),
      block(half + full, full),
    ],
    lastNorm: groupNormSpecs(full),
    leave: sameConvolutionSpecs({
      inputs: full,
      outputs: 1,
      initial: () => zeros,
    }),
  };
}

/**
 * A U-Net of two halvings with attention at the smallest side, told the timestep and the class.
 *
 * Source: Ho et al. 2020, appendix B, smaller; Nichol & Dhariwal 2021 for the class.
 *
 * @param images Noisy, [batch, side * side].
 * @param condition Timestep and class of each.
 * @param parameters Tensors in the places of `unetSpecs`.
 * @param sizes Side, as in `unetSpecs`.
 * @returns The prediction, [batch, side * side].
 */
export function unet(
  images: tf.Tensor2D,
  condition: UnetCondition,
  parameters: UnetParameters,
  { side = 28 }: Pick<UnetSizes, "side"> = {},
): tf.Tensor2D {
  const [batch, pixels] = images.shape;
  const told = tell(condition, parameters);
  const block = (x: tf.Tensor4D, p: ResidualBlockParameters) =>
    residualBlock(x, told, p, { groups: GROUPS });
  const beside = (x: tf.Tensor4D, y: tf.Tensor4D) => tf.concat([x, y], 3);
  const [first, second, third] = parameters.down;
  const [toThird, toSecond, toFirst] = parameters.up;
  const picture = images.as4D(batch, side, side, 1);
  const full = block(sameConvolution(picture, parameters.enter), first!); // three blocks, as declared
  const half = block(halveByMean(full), second!);
  const quarter = block(halveByMean(half), third!);
  const looked = attendToPixels(
    block(quarter, parameters.beforeAttention),
    parameters.attention,
  );
  const middle = block(looked, parameters.afterAttention);
  const wide = block(beside(middle, quarter), toThird!); // as above
  const wider = block(beside(doubleByRepeating(wide), half), toSecond!);
  const widest = block(beside(doubleByRepeating(wider), full), toFirst!);
  const normed = groupNorm(widest, parameters.lastNorm, { groups: GROUPS });
  const bent = activate("silu", normed).as4D(...normed.shape);
  return sameConvolution(bent, parameters.leave).as2D(batch, pixels);
}

/** The vector of time and class, after its activation, [batch, embedding]. */
function tell(
  { time, classes }: UnetCondition,
  parameters: UnetParameters,
): tf.Tensor2D {
  const hidden = activate("silu", linear(time, parameters.firstTime));
  const when = linear(hidden, parameters.secondTime);
  const told = when.add(embedding(classes, parameters.classes));
  return activate("silu", told).as2D(classes.shape[0], -1);
}

function attendToPixels(
  x: tf.Tensor4D,
  { norm, attention: parameters }: PixelAttentionParameters,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const pixels = groupNorm(x, norm, { groups: GROUPS })
    .reshape([batch, height * width, channels]);
  const { y } = attention(pixels, pixels, parameters, { heads: 1 });
  return x.add(y.reshape([batch, height, width, channels]));
}
