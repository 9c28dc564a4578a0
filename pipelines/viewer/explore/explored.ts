/**
 * What the page to explore a model is made of.
 * @module
 */

/** The activations that the page computes. */
export const pageActivations = ["tanh", "relu", "softplus", "gelu"] as const;

/** An activation that the page computes. */
export type PageActivation = typeof pageActivations[number];

/** A linear layer, and what follows it. */
export interface DenseLayer {
  /** Length of the vectors taken. */
  readonly inputs: number;
  /** Length of the vectors given. */
  readonly outputs: number;
  /** Applied to each number given. */
  readonly activation: PageActivation | "none" | "sigmoid";
  /** [inputs, outputs] */
  readonly weight: Float32Array;
  /** [outputs] */
  readonly bias: Float32Array;
}

/** A VAE of dense layers. */
export interface DenseVae {
  /** Hidden layers of the encoder, from the image. */
  readonly hidden: readonly DenseLayer[];
  /** From the last hidden layer to the posterior mean. */
  readonly mean: DenseLayer;
  /** From the last hidden layer to the logarithm of the posterior variance. */
  readonly logVariance: DenseLayer;
  /** From latents to probabilities of ink. */
  readonly decoder: readonly DenseLayer[];
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
  readonly model: DenseVae;
  /** Test images, or why there are none. */
  readonly points: MapPoints | string;
}
