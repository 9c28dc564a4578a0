/**
 * A model of images among several of different build.
 * @module
 */
import type { Owned } from "../../../models/parameters/parameters.ts";
import type { Vae } from "../../../models/vae.ts";
import type { ModelOf } from "../../../models/objectives/latent_variable_model.ts";

/** How encoder and decoder are built. */
export type ImageArchitecture = "conv" | "mlp" | "conv-with-skips";

/** A model, and what its decoder is while it trains. */
export interface ImageModel extends Disposable {
  /** Encoder, and a decoder that sees latents alone. */
  readonly vae: Owned<Vae>;
  /** What is trained: the same, unless there are skips. */
  readonly modelOf: ModelOf;
  /** Numbers that are learned. */
  readonly parameters: number;
}

/** How long weight updates of two models of equal size take, in seconds. */
export interface Pace {
  /** Seconds of an update of the convolutional model. */
  readonly conv: number;
  /** Seconds of an update of the plain model. */
  readonly mlp: number;
}

/** What was measured of a model. */
export interface ArchitectureCase {
  /** What it is, in words. */
  readonly title: string;
  /** How it is built. */
  readonly architecture: ImageArchitecture;
  /** Numbers that are learned. */
  readonly parameters: number;
  /** Passes over the training images. */
  readonly epochs: number;
  /** Test value of what was maximized, in nats per image: the ELBO, unless there are skips. */
  readonly objective: number;
  /** First term of the objective, in nats per image. */
  readonly reconstruction: number;
  /** Second term of the objective, KL(q(z | x) || p(z)), in nats per image. */
  readonly kl: number;
  /** Test ELBO of the decoder that sees latents alone, in nats per image. */
  readonly elbo: number;
  /** Test log p(x) of the same, by importance sampling. */
  readonly logLikelihood: number;
  /** Decoder means of latents from the prior, [image, pixel]. */
  readonly samples: Float32Array;
  /** Validation value of the objective by epoch. */
  readonly history: readonly { readonly x: number; readonly y: number }[];
}
