/**
 * RealNVP over grey images: couplings of checkerboards and of channels, at two scales.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type Bijector, chain } from "./flows/bijector.ts";
import {
  halfPartition,
  type Partition,
  PIXEL_PARTITIONS,
} from "./flows/channels.ts";
import {
  convCoupling,
  type ConvCouplingParameters,
  convCouplingSpecs,
  flowStep,
  type FlowStepParameters,
  flowStepSpecs,
} from "./flows/conv_coupling.ts";
import {
  type Dequantization,
  dequantizedBound,
  LEVELS,
  uniformDequantization,
  variationalDequantization,
} from "./flows/dequantization.ts";
import { type Flow, flow } from "./flows/flow.ts";
import { logit } from "./flows/logit.ts";
import type { LayerInitialization } from "./layers/layer_initials.ts";
import {
  flattenScales,
  movedBack,
  onFirstChannels,
  reshaped,
  squeeze,
} from "./flows/reshaping.ts";
import {
  createOwned,
  type Owned,
  type ParameterSpec,
  type SampleParameter,
} from "./parameters/parameters.ts";

/** How whole numbers are made continuous. */
export type DequantizationName = "uniform" | "variational";

/** The sizes of a RealNVP. */
export interface RealNvpOptions {
  /** Side of the square images; 28 unless given. A multiple of four. */
  readonly side?: number;
  /** Channels of the hidden layers of each coupling; 64 unless given. */
  readonly hidden?: number;
  /** Couplings of pixels (checkerboards, rows, columns) at the first scale; 6 unless given. */
  readonly pixelCouplings?: number;
  /** Couplings of channels at the second scale; 4 unless given. */
  readonly channelCouplings?: number;
  /** How whole numbers are made continuous. */
  readonly dequantization: DequantizationName;
  /** Couplings of the noise of variational dequantization; 4 unless given. */
  readonly noiseCouplings?: number;
  /** Channels of the hidden layers of those; 32 unless given. */
  readonly noiseHidden?: number;
  /** How hidden layers begin; `fan-in` unless given. */
  readonly initialization?: LayerInitialization;
  /** How far from 0 and 1 the logit keeps; 1e-5 unless given. */
  readonly margin?: number;
}

/** The parameters of {@linkcode realNvp}. */
export interface RealNvpParameters<P = tf.Tensor> {
  /** At half of the side. */
  readonly pixels: readonly FlowStepParameters<P>[];
  /** At a quarter of the side. */
  readonly channels: readonly FlowStepParameters<P>[];
  /** Couplings of variational dequantization; none where it is uniform. */
  readonly noise: readonly ConvCouplingParameters<P>[];
}

/** A layer of a flow. */
export interface NamedBijector {
  /** Such as `pixels/3/coupling`. */
  readonly name: string;
  /** From the side of the data to that of the latents. */
  readonly bijector: Bijector;
}

/** A distribution of images of whole numbers. */
export interface RealNvp {
  /** The density of images from 0 to 1, [batch, pixel]; latents of the first scale come before those of the second. */
  readonly density: Flow;
  /** What the density is made of, from the data to the latents. */
  readonly layers: readonly NamedBijector[];
  /** How whole numbers are made continuous. */
  readonly dequantization: Dequantization;
  /** Latents that leave at the first scale, the first of a vector. */
  readonly firstScale: number;
  /** A bound of log P(x) of each image in nats, [batch]; images 0 ... 255 and noise, [batch, pixel]. */
  readonly bound: (images: tf.Tensor2D, noise: tf.Tensor2D) => tf.Tensor1D;
  /** Assigns the normalizations' variables by a first batch: images 0 ... 255 and noise, [batch, pixel]. */
  readonly start: (images: tf.Tensor2D, noise: tf.Tensor2D) => void;
  /** Turns standard normal latents into grey levels 0 ... 255, [batch, pixel]. */
  readonly sample: (latents: tf.Tensor2D) => tf.Tensor2D;
}

/** Channels of the first scale, of the second, and how many of these go on. */
const FIRST = 4;
const SECOND = 4 * FIRST;
const STAY = SECOND / 2;

/**
 * Declares the parameters of {@linkcode realNvp}.
 *
 * @throws {RangeError} If the side is no multiple of four.
 */
export function realNvpSpecs(
  options: RealNvpOptions,
): RealNvpParameters<ParameterSpec> {
  const { side = 28, hidden = 64, dequantization } = options;
  const { pixelCouplings = 6, channelCouplings = 4, noiseCouplings = 4 } =
    options;
  const { noiseHidden = 32, initialization = "fan-in" } = options;
  const sizes = { hidden, initialization };
  const smaller = { hidden: noiseHidden, initialization };
  if (side % 4 !== 0) {
    throw new RangeError(
      `Expected the side to be a multiple of 4 but found ${side}`,
    );
  }
  const count = dequantization === "variational" ? noiseCouplings : 0;
  return {
    pixels: places(
      pixelCouplings,
      (i) => flowStepSpecs(pixelPartition(i), sizes),
    ),
    channels: places(
      channelCouplings,
      (i) => flowStepSpecs(halfPartition(STAY, i), sizes),
    ),
    noise: places(
      count,
      (i) => convCouplingSpecs(pixelPartition(i), smaller, FIRST),
    ),
  };
}

/**
 * RealNVP as functions of its parameters.
 *
 * Logits of pixels are squeezed to four channels of half the side, which pass through couplings; squeezed again, half
 * of the channels leave and the others pass through more.
 *
 * Source: Dinh et al. 2017, sections 3.4 to 3.6; Kingma & Dhariwal 2018, section 3.1, for the normalization.
 *
 * @param parameters Tensors in the places of `realNvpSpecs`.
 * @param options Side and margin.
 */
export function realNvp(
  { pixels, channels, noise }: RealNvpParameters,
  { side = 28, margin = 1e-5 }: Pick<RealNvpOptions, "side" | "margin">,
): RealNvp {
  const [size, quarter] = [side ** 2, side / 4];
  const layers: readonly NamedBijector[] = [
    { name: "image", bijector: reshaped([size], [side, side, 1]) },
    { name: "logit", bijector: logit(margin) },
    { name: "squeeze", bijector: squeeze() },
    ...pixels.flatMap((step, i) =>
      named(`pixels/${i}`, flowStep(pixelPartition(i), step))
    ),
    { name: "squeeze again", bijector: squeeze() },
    ...channels.flatMap((step, i) =>
      named(
        `channels/${i}`,
        flowStep(halfPartition(STAY, i), step)
          .map((part) => onFirstChannels(STAY, part)),
      )
    ),
    {
      name: "scales",
      bijector: flattenScales([quarter, quarter, SECOND], STAY),
    },
  ];
  const density = flow(chain(layers.map(({ bijector }) => bijector)));
  const dequantization = noise.length === 0
    ? uniformDequantization
    : variationalDequantization((images) => noiseFlow(images, noise, side));
  return {
    density,
    layers,
    dequantization,
    firstScale: quarter ** 2 * (SECOND - STAY),
    bound: (images, noise) =>
      dequantizedBound(images, noise, dequantization, density.logProb),
    start: (images, noise) => {
      density.start?.(dequantization.apply(images, noise).value);
    },
    sample: (latents) =>
      density.sample(latents).mul(LEVELS).floor()
        .clipByValue(0, LEVELS - 1).as2D(latents.shape[0], size),
  };
}

/**
 * Creates a RealNVP with variables of its own.
 *
 * @param options Its sizes.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createRealNvp(
  options: RealNvpOptions,
  draw: SampleParameter,
): Owned<RealNvp> {
  return createOwned(
    realNvpSpecs(options),
    draw,
    (parameters) => realNvp(parameters, options),
  );
}

/** Couplings of noise [batch, pixel] that see the images. */
function noiseFlow(
  images: tf.Tensor2D,
  couplings: readonly ConvCouplingParameters[],
  side: number,
): Bijector {
  const around = chain([reshaped([side ** 2], [side, side, 1]), squeeze()]);
  const { value: context } = around.forward(images);
  const parts = couplings.map((coupling, i) =>
    convCoupling(pixelPartition(i), coupling, context)
  );
  return chain([around, ...parts, movedBack(around)]);
}

function pixelPartition(place: number): Partition {
  return PIXEL_PARTITIONS[place % PIXEL_PARTITIONS.length]!; // within
}

function named(
  name: string,
  [norm, coupling]: readonly Bijector[],
): readonly NamedBijector[] {
  return [
    { name: `${name}/norm`, bijector: norm! },
    { name: `${name}/coupling`, bijector: coupling! },
  ];
}

function places<T>(count: number, make: (place: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, place) => make(place));
}
