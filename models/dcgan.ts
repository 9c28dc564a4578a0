/**
 * The generator and the discriminator of a generative adversarial network, with convolutions.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  createPlayer,
  type Network,
  type NetworkState,
  type Player,
} from "./adversarial/network.ts";
import { activate, type Activation } from "./layers/activation.ts";
import {
  batchNorm,
  type BatchNormParameters,
  batchNormSpecs,
  type ChannelStatistics,
  channelStatistics,
  channelStatisticsSpecs,
  moveStatistics,
  normalizeBy,
} from "./normalization/batch_norm.ts";
import {
  type ConvolutionParameters,
  double,
  doubleSpecs,
  halve,
  halveSpecs,
} from "./layers/convolution.ts";
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import type { LayerInitials } from "./layers/layer_initials.ts";
import { normal, zeros } from "./parameters/initials.ts";
import type {
  ParameterSpec,
  SampleParameter,
} from "./parameters/parameters.ts";

/** The sizes of both convolutional players. */
export interface DcganOptions {
  /** Length of a noise vector; 100 unless given. */
  readonly latent?: number;
  /** Side of an image, a multiple of four; 28 unless given. */
  readonly side?: number;
  /** Channels beside the image; twice as many beside the smallest features; 32 unless given. */
  readonly channels?: number;
}

/** The parameters of {@linkcode dcganGenerator}. */
export interface DcganGeneratorParameters<P = tf.Tensor> {
  /** From the noise to the features of the smallest image. */
  readonly hidden: LinearParameters<P>;
  /** Doubles the sides. */
  readonly first: ConvolutionParameters<P>;
  /** Doubles the sides again, to the image. */
  readonly second: ConvolutionParameters<P>;
  /** After `hidden`. */
  readonly hiddenNorm: BatchNormParameters<P>;
  /** After `first`. */
  readonly firstNorm: BatchNormParameters<P>;
}

/** The parameters of {@linkcode dcganDiscriminator}. */
export interface DcganDiscriminatorParameters<P = tf.Tensor> {
  /** Halves the sides of the image. */
  readonly first: ConvolutionParameters<P>;
  /** Halves the sides again. */
  readonly second: ConvolutionParameters<P>;
  /** After `second`. */
  readonly secondNorm: BatchNormParameters<P>;
  /** To the logit. */
  readonly logit: LinearParameters<P>;
}

/** Deviation of initial weights; Radford et al. 2016, section 4. */
const initial: LayerInitials = {
  weight: () => normal(0.02),
  bias: () => zeros,
};

/**
 * Declares the parameters of {@linkcode dcganGenerator}.
 *
 * @throws {RangeError} If the side is no multiple of four.
 */
export function dcganGeneratorSpecs(
  options: DcganOptions,
): DcganGeneratorParameters<ParameterSpec> {
  const { latent, quarter, few, many } = sizesOf(options);
  return {
    hidden: linearSpecs(latent, quarter ** 2 * many, initial.weight),
    first: doubleSpecs(many, few, initial),
    second: doubleSpecs(few, 1, initial),
    hiddenNorm: batchNormSpecs(many),
    firstNorm: batchNormSpecs(few),
  };
}

/**
 * Declares the parameters of {@linkcode dcganDiscriminator}.
 *
 * @throws {RangeError} If the side is no multiple of four.
 */
export function dcganDiscriminatorSpecs(
  options: DcganOptions,
): DcganDiscriminatorParameters<ParameterSpec> {
  const { quarter, few, many } = sizesOf(options);
  return {
    first: halveSpecs(1, few, initial),
    second: halveSpecs(few, many, initial),
    secondNorm: batchNormSpecs(many),
    logit: linearSpecs(quarter ** 2 * many, 1, initial.weight),
  };
}

/** How a batch norm is applied: by the batch, or by moving statistics. */
type Norm = (
  x: tf.Tensor,
  parameters: BatchNormParameters,
  name: string,
) => tf.Tensor4D;

/**
 * The generator as a function of its parameters and the statistics of its batch norms: noise to images in (-1, 1), as
 * vectors.
 *
 * Source: Radford et al. 2016, section 3, for images of 28 x 28: two transposed convolutions with rectifiers.
 */
export function dcganGenerator(
  { hidden, first, second, hiddenNorm, firstNorm }: DcganGeneratorParameters,
  statistics: Readonly<Record<string, ChannelStatistics>>,
  options: DcganOptions,
): Network {
  const { quarter, many } = sizesOf(options);
  return networkOf(statistics, (noise, norm) => {
    const features = linear(noise, hidden)
      .as4D(noise.shape[0], quarter, quarter, many);
    const small = bend(norm(features, hiddenNorm, "hiddenNorm"), "relu");
    const half = bend(
      norm(double(small, first), firstNorm, "firstNorm"),
      "relu",
    );
    return double(half, second).tanh().as2D(noise.shape[0], -1);
  });
}

/**
 * The discriminator as a function of its parameters and the statistics of its batch norm: images as vectors to one
 * logit each.
 *
 * Source: Radford et al. 2016, section 3: two convolutions with leaky rectifiers, no batch norm beside the image.
 */
export function dcganDiscriminator(
  { first, second, secondNorm, logit }: DcganDiscriminatorParameters,
  statistics: Readonly<Record<string, ChannelStatistics>>,
  options: DcganOptions,
): Network {
  const { side } = sizesOf(options);
  return networkOf(statistics, (images, norm) => {
    const picture = images.as4D(images.shape[0], side, side, 1);
    const half = bend(halve(picture, first), "leaky-relu");
    const small = norm(halve(half, second), secondNorm, "secondNorm");
    const features = bend(small, "leaky-relu").as2D(images.shape[0], -1);
    return linear(features, logit).as2D(images.shape[0], 1);
  });
}

/** Both players, with variables of their own; dispose each when it is no longer used. */
export function createDcgan(
  options: DcganOptions,
  draw: {
    readonly generator: SampleParameter;
    readonly discriminator: SampleParameter;
  },
): { readonly generator: Player; readonly discriminator: Player } {
  const { few, many } = sizesOf(options);
  return {
    generator: createPlayer(
      dcganGeneratorSpecs(options),
      {
        hiddenNorm: channelStatisticsSpecs(many),
        firstNorm: channelStatisticsSpecs(few),
      },
      draw.generator,
      (parameters, state) => dcganGenerator(parameters, state, options),
    ),
    discriminator: createPlayer(
      dcganDiscriminatorSpecs(options),
      { secondNorm: channelStatisticsSpecs(many) },
      draw.discriminator,
      (parameters, state) => dcganDiscriminator(parameters, state, options),
    ),
  };
}

/** Makes a network of a function that leaves open how its batch norms are applied. */
function networkOf(
  statistics: Readonly<Record<string, ChannelStatistics>>,
  apply: (x: tf.Tensor2D, norm: Norm) => tf.Tensor2D,
): Network {
  return {
    evaluate: (x) =>
      apply(
        x,
        (y, parameters, name) =>
          fourAxes(normalizeBy(y, parameters, statistics[name]!)),
      ), // one for each norm
    train: (x, before) => {
      const after: Record<string, tf.Tensor> = {};
      const y = apply(x, (y, parameters, name) => {
        Object.assign(after, movedBy(y, name, before));
        return fourAxes(batchNorm(y, parameters));
      });
      return { y, state: after };
    },
  };
}

/** The statistics of a batch norm after a batch. */
function movedBy(
  batch: tf.Tensor,
  name: string,
  before: NetworkState,
): NetworkState {
  const { mean, variance } = moveStatistics({
    mean: before[`${name}/mean`]!, // declared for each norm
    variance: before[`${name}/variance`]!, // as above
  }, channelStatistics(batch));
  return { [`${name}/mean`]: mean, [`${name}/variance`]: variance };
}

function bend(x: tf.Tensor4D, activation: Activation): tf.Tensor4D {
  return fourAxes(activate(activation, x));
}

/** Layers keep the shape, which their types forget. */
function fourAxes(x: tf.Tensor): tf.Tensor4D {
  return x as tf.Tensor4D;
}

function sizesOf({ latent = 100, side = 28, channels = 32 }: DcganOptions) {
  if (side % 4 !== 0) {
    throw new RangeError(
      `Expected the side to be a multiple of 4 but found ${side}`,
    );
  }
  const sizes = { latent, side, quarter: side / 4 };
  return { ...sizes, few: channels, many: 2 * channels };
}
