/**
 * The generator and the discriminator of a generative adversarial network, as perceptrons.
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
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import {
  singularVectorSpec,
  spectralNorm,
  spectralNormBy,
} from "./normalization/spectral_norm.ts";
import { fanInUniform } from "./parameters/initials.ts";
import type {
  ParameterSpec,
  SampleParameter,
} from "./parameters/parameters.ts";

/** What keeps the layers of a perceptron in scale: batch norms after hidden layers but the first, or spectral norms. */
export type PerceptronNorm = "none" | "batch" | "spectral";

/** The sizes and the kind of a perceptron. */
export interface PerceptronOptions {
  /** From the input over the hidden layers to the output, at least two. */
  readonly widths: readonly number[];
  /** After each hidden layer; the leaky rectifier unless given. */
  readonly activation?: Activation;
  /** None unless given. */
  readonly norm?: PerceptronNorm;
  /** After the last layer; linear unless given. */
  readonly output?: "linear" | "tanh";
  /** What the last layer is multiplied by: with spectral norms, the most that the output rises by a unit; 1 unless given. */
  readonly gain?: number;
}

/** The parameters of {@linkcode perceptron}. */
export interface PerceptronParameters<P = tf.Tensor> {
  /** The linear layers, the last one gives the output. */
  readonly layers: readonly LinearParameters<P>[];
  /** The batch norms by the number of their layer. */
  readonly norms: Readonly<Record<string, BatchNormParameters<P>>>;
}

/** The state of {@linkcode perceptron}. */
export interface PerceptronState<P = tf.Tensor> {
  /** Statistics of the batch norms by the number of their layer. */
  readonly statistics: Readonly<Record<string, ChannelStatistics<P>>>;
  /** Singular vectors of the weights by the number of their layer. */
  readonly singular: Readonly<Record<string, P>>;
}

/**
 * Declares the parameters of {@linkcode perceptron}.
 *
 * @throws {RangeError} If there is no layer.
 */
export function perceptronSpecs(
  { widths, norm }: PerceptronOptions,
): PerceptronParameters<ParameterSpec> {
  if (widths.length < 2) {
    throw new RangeError(
      `Expected widths of an input and an output but found ${widths.length}`,
    );
  }
  return {
    layers: widths.slice(1).map((outputs, i) =>
      linearSpecs(widths[i]!, outputs, fanInUniform)
    ),
    norms: Object.fromEntries(
      normalized(widths, norm).map((i) => [i, batchNormSpecs(widths[i + 1]!)]),
    ),
  };
}

/** Declares the state of {@linkcode perceptron}. */
export function perceptronStateSpecs(
  { widths, norm }: PerceptronOptions,
): PerceptronState<ParameterSpec> {
  return {
    statistics: Object.fromEntries(
      normalized(widths, norm)
        .map((i) => [i, channelStatisticsSpecs(widths[i + 1]!)]),
    ),
    singular: norm !== "spectral" ? {} : Object.fromEntries(
      widths.slice(1).map((outputs, i) =>
        [i, singularVectorSpec({ shape: [widths[i]!, outputs] })] as const
      ),
    ),
  };
}

/**
 * The perceptron as a function of its parameters and its state.
 *
 * @param parameters Tensors in the places of `perceptronSpecs`.
 * @param state Tensors in the places of `perceptronStateSpecs`, for evaluation.
 * @param options Its kind.
 */
export function perceptron(
  { layers, norms }: PerceptronParameters,
  state: PerceptronState,
  { activation = "leaky-relu", norm = "none", output = "linear", gain = 1 }:
    Omit<PerceptronOptions, "widths">,
): Network {
  const last = layers.length - 1;
  const bend = (x: tf.Tensor, i: number) => {
    if (i < last) return activate(activation, x);
    const y = gain === 1 ? x : x.mul(gain);
    return output === "tanh" ? y.tanh() : y;
  };
  return {
    evaluate: (x) =>
      layers.reduce((x: tf.Tensor, layer, i) => {
        const left = state.singular[i];
        const weight = left
          ? spectralNormBy(layer.weight, left).weight
          : layer.weight;
        const y = linear(x, { ...layer, weight });
        const scaled = norms[i];
        return bend(
          scaled ? normalizeBy(y, scaled, state.statistics[i]!) : y, // one for each norm
          i,
        );
      }, x).as2D(x.shape[0], -1),
    train: (x, before) => {
      const after: Record<string, tf.Tensor> = {};
      const y = layers.reduce((x: tf.Tensor, layer, i) => {
        const made = norm === "spectral"
          ? spectralNorm(layer.weight, before[`singular/${i}`]!) // one for each layer
          : undefined;
        if (made) after[`singular/${i}`] = made.left;
        const y = linear(x, { ...layer, weight: made?.weight ?? layer.weight });
        const scaled = norms[i];
        if (scaled === undefined) return bend(y, i);
        Object.assign(after, movedBy(y, `statistics/${i}`, before));
        return bend(batchNorm(y, scaled), i);
      }, x);
      return { y: y.as2D(x.shape[0], -1), state: after };
    },
  };
}

/** The widths of the published game on images of 28 x 28. */
const GENERATOR = [100, 128, 256, 512, 1024, 784];
const DISCRIMINATOR = [784, 512, 256, 1];

/**
 * Creates a generator with variables of its own: noise to items in (-1, 1), batch norms from the second layer on.
 *
 * @param options What differs from 100-128-256-512-1024-784 with leaky rectifiers and tanh.
 * @param draw Draws the values of one parameter.
 * @returns The generator; dispose it when it is no longer used.
 */
export function createGenerator(
  options: Partial<PerceptronOptions>,
  draw: SampleParameter,
): Player {
  return createPerceptron({
    widths: GENERATOR,
    norm: "batch",
    output: "tanh",
    ...options,
  }, draw);
}

/**
 * Creates a discriminator with variables of its own: items to one logit each.
 *
 * @param options What differs from 784-512-256-1 with leaky rectifiers.
 * @param draw Draws the values of one parameter.
 * @returns The discriminator; dispose it when it is no longer used.
 */
export function createDiscriminator(
  options: Partial<PerceptronOptions>,
  draw: SampleParameter,
): Player {
  return createPerceptron({ widths: DISCRIMINATOR, ...options }, draw);
}

function createPerceptron(
  options: PerceptronOptions,
  draw: SampleParameter,
): Player {
  return createPlayer(
    perceptronSpecs(options),
    perceptronStateSpecs(options),
    draw,
    (parameters, state) => perceptron(parameters, state, options),
  );
}

/** The layers that batch norms follow: the hidden ones but the first. */
function normalized(
  widths: readonly number[],
  norm: PerceptronNorm | undefined,
): readonly number[] {
  if (norm !== "batch") return [];
  return Array.from(
    { length: Math.max(0, widths.length - 3) },
    (_, i) => i + 1,
  );
}

/** The statistics at a path after a batch. */
function movedBy(
  batch: tf.Tensor,
  path: string,
  before: NetworkState,
): NetworkState {
  const { mean, variance } = moveStatistics({
    mean: before[`${path}/mean`]!, // declared for each norm
    variance: before[`${path}/variance`]!, // as above
  }, channelStatistics(batch));
  return { [`${path}/mean`]: mean, [`${path}/variance`]: variance };
}
