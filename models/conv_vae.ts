/**
 * The variational autoencoder with convolutions.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./distributions/bernoulli.ts";
import { DiagonalNormal } from "./distributions/diagonal_normal.ts";
import { StandardNormal } from "./distributions/standard_normal.ts";
import { activate, type Activation } from "./layers/activation.ts";
import {
  type ConvolutionParameters,
  double,
  doubleSpecs,
  halve,
  halveSpecs,
} from "./layers/convolution.ts";
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
import type { LatentVariableModel } from "./objectives/latent_variable_model.ts";

/** The sizes of a convolutional VAE. */
export interface ConvVaeOptions {
  /** Side of the square images; 28 unless given. A multiple of four. */
  readonly side?: number;
  /** Channels after the first and the second halving; 32 and 64 unless given. */
  readonly channels?: readonly [number, number];
  /** Length of a latent vector. */
  readonly latent: number;
  /** Between the layers; relu unless given. */
  readonly activation?: Activation;
  /** How filters, weights and biases begin; `by-activation` unless given. */
  readonly initialization?: LayerInitialization;
}

/** Images of Bernoulli pixels with normal latents. */
export interface ConvVae extends LatentVariableModel<StandardNormal> {
  /** q(z | x): images [batch, pixel] to normals over [batch, latent]. */
  readonly encode: (images: tf.Tensor2D) => DiagonalNormal;
  /** p(x | z): latents [..., latent] to pixels over [..., pixel]. */
  readonly decode: (latents: tf.Tensor) => Bernoulli;
  /**
   * The decoder with skip connections, as a U-Net has them: it is also given the encoder's features of an image.
   *
   * What it gives is no p(x | z): it has seen x. Latents [..., batch, latent], images [batch, pixel].
   */
  readonly decodeWithSkips: (
    latents: tf.Tensor,
    images: tf.Tensor2D,
  ) => Bernoulli;
}

/** The parameters of {@linkcode convVae}. */
export interface ConvVaeParameters<P = tf.Tensor> {
  /** Two halvings of the sides, then the mean and the log variance of the latents. */
  readonly encoder: {
    readonly first: ConvolutionParameters<P>;
    readonly second: ConvolutionParameters<P>;
    readonly mean: LinearParameters<P>;
    readonly logVariance: LinearParameters<P>;
  };
  /** The features of the smallest image, then two doublings of its sides. */
  readonly decoder: {
    readonly hidden: LinearParameters<P>;
    readonly first: ConvolutionParameters<P>;
    readonly logits: ConvolutionParameters<P>;
  };
}

/**
 * Declares the parameters of {@linkcode convVae}.
 *
 * @throws {RangeError} If the side is no multiple of four.
 */
export function convVaeSpecs(
  {
    side = 28,
    channels: [few, many] = [32, 64],
    latent,
    activation = "relu",
    initialization = "by-activation",
  }: ConvVaeOptions,
): ConvVaeParameters<ParameterSpec> {
  if (side % 4 !== 0) {
    throw new RangeError(
      `Expected the side to be a multiple of 4 but found ${side}`,
    );
  }
  const features = (side / 4) ** 2 * many;
  const inner = layerInitials(initialization, activation);
  const outer = layerInitials(initialization, "none");
  return {
    encoder: {
      first: halveSpecs(1, few, inner),
      second: halveSpecs(few, many, inner),
      mean: linearSpecs(features, latent, outer.weight, outer.bias),
      logVariance: linearSpecs(features, latent, outer.weight, outer.bias),
    },
    decoder: {
      hidden: linearSpecs(latent, features, inner.weight, inner.bias),
      first: doubleSpecs(many, few, inner),
      logits: doubleSpecs(few, 1, outer),
    },
  };
}

/**
 * The convolutional VAE as functions of its parameters: two halvings to a normal posterior, two doublings to Bernoulli
 * pixels. Images are vectors of side * side pixels, row by row, as in every model here.
 *
 * @param parameters Tensors in the places of `convVaeSpecs`.
 * @param options Side and activation.
 */
export function convVae(
  { encoder, decoder }: ConvVaeParameters,
  { side = 28, activation = "relu" }: Pick<
    ConvVaeOptions,
    "side" | "activation"
  >,
): ConvVae {
  const quarter = side / 4;
  const bend = (x: tf.Tensor4D) => activate(activation, x).as4D(...x.shape);
  const halved = (images: tf.Tensor2D) => {
    const pictures = images.as4D(images.shape[0], side, side, 1);
    return bend(halve(pictures, encoder.first));
  };
  const decode = (latents: tf.Tensor, skipped?: tf.Tensor4D) => {
    const leading = latents.shape.slice(0, -1); // [..., latent]
    const rows = latents.reshape([-1, latents.shape.at(-1)!]); // vectors
    const hidden = activate(activation, linear(rows, decoder.hidden));
    const features = hidden.as4D(rows.shape[0]!, quarter, quarter, -1); // a matrix
    const half = bend(double(features, decoder.first));
    const seen = skipped ? addToEach(half, skipped) : half;
    const logits = double(seen, decoder.logits);
    return new Bernoulli(logits.reshape([...leading, side * side]));
  };
  return {
    prior: new StandardNormal(),
    encode: (images) => {
      const half = halved(images);
      const features = bend(halve(half, encoder.second))
        .reshape([images.shape[0], -1]);
      return new DiagonalNormal(
        linear(features, encoder.mean),
        linear(features, encoder.logVariance),
      );
    },
    decode: (latents) => decode(latents),
    decodeWithSkips: (latents, images) => decode(latents, halved(images)),
  };
}

/** Adds the features of each image to those of each of its samples, [sample * batch, height, width, channel]. */
function addToEach(x: tf.Tensor4D, features: tf.Tensor4D): tf.Tensor4D {
  const samples = x.shape[0] / features.shape[0];
  return x.reshape([samples, ...features.shape]).add(features)
    .as4D(...x.shape);
}

/**
 * Creates a convolutional VAE with variables of its own.
 *
 * @param options Its sizes.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createConvVae(
  options: ConvVaeOptions,
  draw: SampleParameter,
): Owned<ConvVae> {
  return createOwned(
    convVaeSpecs(options),
    draw,
    (parameters) => convVae(parameters, options),
  );
}
