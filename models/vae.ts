/**
 * The variational autoencoder with one hidden layer on each side.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./distributions/bernoulli.ts";
import { DiagonalNormal } from "./distributions/diagonal_normal.ts";
import { StandardNormal } from "./distributions/standard_normal.ts";
import type { LatentVariableModel } from "./objectives/latent_variable_model.ts";
import { activate, type Activation } from "./layers/activation.ts";
import { linear, type LinearParameters, linearSpecs } from "./layers/linear.ts";
import {
  createParameters,
  type DrawParameter,
  own,
  type Owned,
  type ParameterSpec,
} from "./parameters/parameters.ts";

/** The sizes of a VAE. */
export interface VaeOptions {
  /** Length of an image; 784 unless given. */
  readonly pixels?: number;
  /** Width of the two hidden layers; 500 unless given, as in Kingma & Welling 2014, section 5. */
  readonly hidden?: number;
  /** Length of a latent vector. */
  readonly latent: number;
  /** Between the layers; tanh unless given, as in Kingma & Welling 2014, appendix C. */
  readonly activation?: Activation;
}

/** Images of Bernoulli pixels with normal latents. */
export interface Vae extends LatentVariableModel<StandardNormal> {
  readonly encode: (images: tf.Tensor2D) => DiagonalNormal;
  readonly decode: (latents: tf.Tensor) => Bernoulli;
}

/** The parameters of {@linkcode vae}. */
export interface VaeParameters<P = tf.Tensor> {
  readonly encoder: {
    readonly hidden: LinearParameters<P>;
    readonly mean: LinearParameters<P>;
    readonly logVariance: LinearParameters<P>;
  };
  readonly decoder: {
    readonly hidden: LinearParameters<P>;
    readonly logits: LinearParameters<P>;
  };
}

/** Declares the parameters of {@linkcode vae}. */
export function vaeSpecs(
  { pixels = 784, hidden = 500, latent }: VaeOptions,
): VaeParameters<ParameterSpec> {
  return {
    encoder: {
      hidden: linearSpecs(pixels, hidden),
      mean: linearSpecs(hidden, latent),
      logVariance: linearSpecs(hidden, latent),
    },
    decoder: {
      hidden: linearSpecs(latent, hidden),
      logits: linearSpecs(hidden, pixels),
    },
  };
}

/**
 * The variational autoencoder as functions of its parameters.
 *
 * Source: Kingma & Welling 2014, section 3 and appendix C.
 *
 * @param parameters Tensors in the places of `vaeSpecs`.
 * @param activation Between the layers.
 */
export function vae(
  { encoder, decoder }: VaeParameters,
  activation: Activation = "tanh",
): Vae {
  return {
    prior: new StandardNormal(),
    encode: (images) => {
      const hidden = activate(activation, linear(images, encoder.hidden));
      return new DiagonalNormal(
        linear(hidden, encoder.mean),
        linear(hidden, encoder.logVariance),
      );
    },
    decode: (latents) => {
      const hidden = activate(activation, linear(latents, decoder.hidden));
      return new Bernoulli(linear(hidden, decoder.logits));
    },
  };
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
  draw: DrawParameter,
): Owned<Vae> {
  const parameters = createParameters(vaeSpecs(options), draw);
  return own(vae(parameters.tree, options.activation), parameters);
}
