/**
 * What the page to explore a VAE is made of.
 * @module
 */

/** The activations that the page computes. */
export const pageActivations = ["tanh", "relu", "softplus", "gelu"] as const;

/** An activation that the page computes. */
export type PageActivation = typeof pageActivations[number];

/** What all layers have. */
interface Layer {
  /** Length of the vectors taken, or channels of the images. */
  readonly inputs: number;
  /** Length of the vectors given, or channels of the images. */
  readonly outputs: number;
  /** Applied to each number given. */
  readonly activation: PageActivation | "none" | "sigmoid";
  /** [outputs] */
  readonly bias: Float32Array;
}

/** A linear layer, and what follows it. */
export interface DenseLayer extends Layer {
  /** Tells it from a convolution. */
  readonly kind: "dense";
  /** [inputs, outputs] */
  readonly weight: Float32Array;
}

/** A convolution with filters of 4 x 4 that halves or doubles the sides of square images, and what follows it. */
export interface ConvolutionLayer extends Layer {
  /** What becomes of the sides. */
  readonly kind: "halve" | "double";
  /** Side of the images taken; images are vectors of [row, column, channel]. */
  readonly side: number;
  /** [4, 4, inputs, outputs] */
  readonly weight: Float32Array;
}

/** A layer that the page computes. */
export type PageLayer = DenseLayer | ConvolutionLayer;

/** The layers of a VAE. */
export interface VaeLayers {
  /** Hidden layers of the encoder, from the image. */
  readonly hidden: readonly PageLayer[];
  /** From the last hidden layer to the posterior mean. */
  readonly mean: DenseLayer;
  /** From the last hidden layer to the logarithm of the posterior variance. */
  readonly logVariance: DenseLayer;
  /** From latents to probabilities of ink. */
  readonly decoder: readonly PageLayer[];
}

/** Test images on the map. */
export interface MapPoints {
  /** Posterior means, [image, latent]. */
  readonly means: Float32Array;
  /** The class of each image, counted from 0. */
  readonly labels: readonly number[];
  /** The name of each class; none for images without labels. */
  readonly classes: readonly string[];
}

/** Everything that the page shows. */
export interface Explored {
  /** What is explored. */
  readonly title: string;
  /** A line below the title. */
  readonly about: string;
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
  /** Length of a latent vector. */
  readonly latent: number;
  /** The model. */
  readonly model: VaeLayers;
  /** Test images, or why there are none. */
  readonly points: MapPoints | string;
}
