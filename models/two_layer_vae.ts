/**
 * The variational autoencoder with two layers of latents.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./distributions/bernoulli.ts";
import { DiagonalNormal } from "./distributions/diagonal_normal.ts";
import type {
  Distribution,
  Proposal,
  Reparameterized,
  WithMean,
} from "./distributions/distribution.ts";
import { StandardNormal } from "./distributions/standard_normal.ts";
import { stopGradient } from "./gradients/stop_gradient.ts";
import {
  hiddenLayers,
  type HiddenParameters,
  hiddenSpecs,
  type HiddenWidths,
  lastWidth,
  reversed,
} from "./layers/hidden_layers.ts";
import {
  type LayerInitialization,
  layerInitials,
} from "./layers/layer_initials.ts";
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import type { ImportanceModel } from "./objectives/latent_variable_model.ts";
import {
  createOwned,
  type Owned,
  type ParameterSpec,
  type SampleParameter,
} from "./parameters/parameters.ts";

/** The sizes of a VAE with two layers of latents. */
export interface TwoLayerVaeOptions {
  /** Length of an image. */
  readonly pixels: number;
  /** Widths between the images and the first latents. */
  readonly hidden: HiddenWidths;
  /** Length of the first latents z1, from which images are decoded. */
  readonly first: number;
  /** Widths between the first and the second latents. */
  readonly topHidden: HiddenWidths;
  /** Length of the second latents z2, whose prior is standard normal. */
  readonly second: number;
  /** How weights and biases begin; `by-activation` unless given. */
  readonly initialization?: LayerInitialization;
}

/** Images of Bernoulli pixels whose latents are z1 and z2, one after the other in a vector. */
export interface TwoLayerVae extends ImportanceModel {
  /** p(z2) p(z1 | z2) */
  readonly prior: Reparameterized;
  /** q(z1 | x) q(z2 | z1); its mean is that of z1, and that of z2 for this z1. */
  readonly encode: (images: tf.Tensor2D) => Proposal & WithMean;
  /** p(x | z1) */
  readonly decode: (latents: tf.Tensor) => Bernoulli;
}

/** The parameters of a normal, by way of hidden layers. */
export type NormalParameters<P = tf.Tensor> = HiddenParameters<P> & {
  readonly mean: LinearParameters<P>;
  readonly logVariance: LinearParameters<P>;
};

/** The parameters of {@linkcode twoLayerVae}. */
export interface TwoLayerVaeParameters<P = tf.Tensor> {
  /** q(z1 | x), and q(z2 | z1). */
  readonly encoder: {
    readonly first: NormalParameters<P>;
    readonly second: NormalParameters<P>;
  };
  /** p(z1 | z2), and p(x | z1). */
  readonly decoder: {
    readonly first: NormalParameters<P>;
    readonly pixels: HiddenParameters<P> & {
      readonly logits: LinearParameters<P>;
    };
  };
}

/** Declares the parameters of {@linkcode twoLayerVae}. */
export function twoLayerVaeSpecs(
  { pixels, hidden, first, topHidden, second, ...options }: TwoLayerVaeOptions,
): TwoLayerVaeParameters<ParameterSpec> {
  const { initialization = "by-activation" } = options;
  const { weight, bias } = layerInitials(initialization, "none");
  const normalSpecsOf = (
    inputs: number,
    hidden: HiddenWidths,
    outputs: number,
  ) => normalSpecs(inputs, hidden, outputs, initialization);
  const down = reversed(hidden);
  return {
    encoder: {
      first: normalSpecsOf(pixels, hidden, first),
      second: normalSpecsOf(first, topHidden, second),
    },
    decoder: {
      first: normalSpecsOf(second, reversed(topHidden), first),
      pixels: {
        ...hiddenSpecs(first, down, layerInitials(initialization, "tanh")),
        logits: linearSpecs(lastWidth(down), pixels, weight, bias),
      },
    },
  };
}

/**
 * The VAE with two layers of latents, and tanh layers, as functions of its parameters.
 *
 * Source: Burda et al. 2016, section 5.1 and appendix C; Rezende et al. 2014, section 2.
 *
 * @param parameters Tensors in the places of `twoLayerVaeSpecs`.
 * @param first Length of z1.
 */
export function twoLayerVae(
  { encoder, decoder }: TwoLayerVaeParameters,
  first: number,
): TwoLayerVae {
  const above = new StandardNormal();
  const firstOf = (second: tf.Tensor) => normalOf(second, decoder.first);
  return {
    prior: {
      sample: (noise) => {
        const [ownNoise, second] = parts(noise, first);
        return tf.concat([firstOf(second).sample(ownNoise), second], -1);
      },
      logProb: (latents) => {
        const [one, second] = parts(latents, first);
        return above.logProb(second).add(firstOf(second).logProb(one));
      },
    },
    encode: (images) =>
      chain(normalOf(images, encoder.first), encoder.second, first),
    decode: (latents) => {
      const [one] = parts(latents, first);
      const hidden = hiddenLayers(one, decoder.pixels, "tanh");
      return new Bernoulli(linear(hidden, decoder.pixels.logits));
    },
  };
}

/**
 * Creates a VAE with two layers of latents, and variables of its own.
 *
 * @param options Its sizes.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createTwoLayerVae(
  options: TwoLayerVaeOptions,
  draw: SampleParameter,
): Owned<TwoLayerVae> {
  return createOwned(
    twoLayerVaeSpecs(options),
    draw,
    (parameters) => twoLayerVae(parameters, options.first),
  );
}

/** q(z1) q(z2 | z1) */
function chain(
  one: DiagonalNormal,
  parameters: NormalParameters,
  length: number,
): Proposal & WithMean {
  const secondOf = (one: tf.Tensor) => normalOf(one, parameters);
  return {
    mean: tf.concat([one.mean, secondOf(one.mean).mean], -1),
    sample: (noise) => {
      const [ownNoise, above] = parts(noise, length);
      const first = one.sample(ownNoise);
      return tf.concat([first, secondOf(first).sample(above)], -1);
    },
    ...chainLogProb(one, parameters, length),
    detach: () => chainLogProb(one.detach(), constant(parameters), length),
  };
}

function chainLogProb(
  one: DiagonalNormal,
  parameters: NormalParameters,
  length: number,
): Distribution {
  return {
    logProb: (latents) => {
      const [first, second] = parts(latents, length);
      return one.logProb(first)
        .add(normalOf(first, parameters).logProb(second));
    },
  };
}

function normalSpecs(
  inputs: number,
  hidden: HiddenWidths,
  outputs: number,
  initialization: LayerInitialization,
): NormalParameters<ParameterSpec> {
  const width = lastWidth(hidden);
  const { weight, bias } = layerInitials(initialization, "none");
  return {
    ...hiddenSpecs(inputs, hidden, layerInitials(initialization, "tanh")),
    mean: linearSpecs(width, outputs, weight, bias),
    logVariance: linearSpecs(width, outputs, weight, bias),
  };
}

function normalOf(x: tf.Tensor, parameters: NormalParameters): DiagonalNormal {
  const hidden = hiddenLayers(x, parameters, "tanh");
  return new DiagonalNormal(
    linear(hidden, parameters.mean),
    linear(hidden, parameters.logVariance),
  );
}

/** Vectors cut in two: the first `length` numbers, and the rest. */
function parts(x: tf.Tensor, length: number): [tf.Tensor, tf.Tensor] {
  const rest = x.shape.at(-1)! - length; // vectors
  const [first, second] = tf.split(x, [length, rest], -1);
  return [first!, second!]; // two parts
}

/** Stops gradients at parameters of a normal distribution. */
function constant(parameters: NormalParameters): NormalParameters {
  const stop = ({ weight, bias }: LinearParameters): LinearParameters => ({
    weight: stopGradient(weight),
    ...bias && { bias: stopGradient(bias) },
  });
  return {
    hidden: stop(parameters.hidden),
    deeper: parameters.deeper.map(stop),
    mean: stop(parameters.mean),
    logVariance: stop(parameters.logVariance),
  };
}
