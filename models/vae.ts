/**
 * The variational autoencoder with hidden layers on each side.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./distributions/bernoulli.ts";
import type { WithMean } from "./distributions/distribution.ts";
import {
  pixelDistribution,
  type PixelLikelihood,
} from "./distributions/pixel_likelihood.ts";
import { DiagonalNormal } from "./distributions/diagonal_normal.ts";
import { StandardNormal } from "./distributions/standard_normal.ts";
import type { LatentVariableModel } from "./objectives/latent_variable_model.ts";
import type { Activation } from "./layers/activation.ts";
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
import {
  createOwned,
  type Owned,
  type ParameterSpec,
  type SampleParameter,
} from "./parameters/parameters.ts";

/** The sizes of a VAE. */
export interface VaeOptions {
  /** Length of an image; 784 unless given. */
  readonly pixels?: number;
  /**
   * Width of the hidden layer on each side, or of several, from the image to the latents; the decoder has the same in
   * reverse. 500 unless given, as in Kingma & Welling 2014, section 5.
   */
  readonly hidden?: HiddenWidths;
  /** Length of a latent vector. */
  readonly latent: number;
  /** After the hidden layers; tanh unless given, as in Kingma & Welling 2014, appendix C. */
  readonly activation?: Activation | VaeActivations;
  /** How weights and biases begin; `by-activation` unless given. */
  readonly initialization?: LayerInitialization;
}

/** What follows the hidden layers on each side. */
export interface VaeActivations {
  /** In the encoder. */
  readonly encoder: Activation;
  /** In the decoder. */
  readonly decoder: Activation;
}

/**
 * Images with normal latents.
 *
 * @typeParam Pixels How pixels are distributed, given the latents.
 */
export interface Vae<Pixels extends WithMean = Bernoulli>
  extends LatentVariableModel<StandardNormal> {
  /** q(z | x): images [batch, pixel] to normals over [batch, latent]. */
  readonly encode: (images: tf.Tensor2D) => DiagonalNormal;
  /** p(x | z): latents [..., latent] to pixels over [..., pixel]. */
  readonly decode: (latents: tf.Tensor) => Pixels;
}

/** The parameters of {@linkcode vae}. */
export interface VaeParameters<P = tf.Tensor> {
  /** From an image over the hidden layers to the mean and the log variance of its latents. */
  readonly encoder: HiddenParameters<P> & {
    readonly mean: LinearParameters<P>;
    readonly logVariance: LinearParameters<P>;
  };
  /** From a latent vector over the hidden layers to the logits of the pixels. */
  readonly decoder: HiddenParameters<P> & {
    readonly logits: LinearParameters<P>;
  };
}

/**
 * Declares the parameters of {@linkcode vae}.
 *
 * @throws {RangeError} If there is no hidden layer.
 */
export function vaeSpecs(
  {
    pixels = 784,
    hidden = 500,
    latent,
    activation = "tanh",
    initialization = "by-activation",
  }: VaeOptions,
): VaeParameters<ParameterSpec> {
  const { encoder, decoder } = eachSide(activation);
  const initials = (next: Activation | "none") =>
    layerInitials(initialization, next);
  const { weight, bias } = initials("none");
  const top = lastWidth(hidden);
  const bottom = lastWidth(reversed(hidden));
  return {
    encoder: {
      ...hiddenSpecs(pixels, hidden, initials(encoder)),
      mean: linearSpecs(top, latent, weight, bias),
      logVariance: linearSpecs(top, latent, weight, bias),
    },
    decoder: {
      ...hiddenSpecs(latent, reversed(hidden), initials(decoder)),
      logits: linearSpecs(bottom, pixels, weight, bias),
    },
  };
}

/**
 * The variational autoencoder as functions of its parameters.
 *
 * Source: Kingma & Welling 2014, section 3 and appendix C.
 *
 * @param parameters Tensors in the places of `vaeSpecs`.
 * @param activation After the hidden layers.
 */
export function vae(
  { encoder, decoder }: VaeParameters,
  activation: Activation | VaeActivations = "tanh",
): Vae {
  const activations = eachSide(activation);
  return {
    prior: new StandardNormal(),
    encode: (images) => {
      const hidden = hiddenLayers(images, encoder, activations.encoder);
      return new DiagonalNormal(
        linear(hidden, encoder.mean),
        linear(hidden, encoder.logVariance),
      );
    },
    decode: (latents) => {
      const hidden = hiddenLayers(latents, decoder, activations.decoder);
      return new Bernoulli(linear(hidden, decoder.logits));
    },
  };
}

function eachSide(activation: Activation | VaeActivations): VaeActivations {
  return typeof activation === "string"
    ? { encoder: activation, decoder: activation }
    : activation;
}

/**
 * Creates a VAE with variables of its own.
 *
 * @param options Its sizes.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createVae(
  options: VaeOptions,
  draw: SampleParameter,
): Owned<Vae> {
  return createOwned(
    vaeSpecs(options),
    draw,
    (parameters) => vae(parameters, options.activation),
  );
}

/** Logarithm of the variance of normal pixels before training: a fifth of the way from paper to ink, squared. */
const PIXEL_LOG_VARIANCE = 2 * Math.log(0.2);

/**
 * Creates a VAE whose pixels have a chosen distribution; normal ones share one variance, which is learned.
 *
 * @param options Its sizes, and how pixels are distributed.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createVaeOf(
  options: VaeOptions & { readonly likelihood: PixelLikelihood },
  draw: SampleParameter,
): Owned<Vae<WithMean>> {
  const { likelihood, activation } = options;
  const initial = { kind: "constant", value: PIXEL_LOG_VARIANCE } as const;
  const extra = likelihood === "normal" ? [{ shape: [1], initial }] : [];
  const specs = { ...vaeSpecs(options), pixelLogVariance: extra };
  return createOwned(specs, draw, ({ pixelLogVariance, ...rest }) => {
    const [logVariance] = pixelLogVariance;
    const model = vae(rest, activation);
    const decode = (latents: tf.Tensor) =>
      pixelDistribution(likelihood, model.decode(latents).logits, logVariance);
    return { ...model, decode };
  });
}
