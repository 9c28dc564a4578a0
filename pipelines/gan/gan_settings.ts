/**
 * What shapes a generative adversarial network and its training.
 * @module
 */
import type { GeneratorLoss } from "../../models/adversarial/adversarial_losses.ts";
import { count, list, oneOf, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** The sizes of both players, as a run's config gives them. */
export interface GanSizes {
  /** Length of a noise vector. */
  readonly latent: number;
  /** Widths of the generator's hidden layers, from the noise to the image. */
  readonly generatorHidden: readonly number[];
  /** Widths of the discriminator's hidden layers, from the image to the logit. */
  readonly discriminatorHidden: readonly number[];
}

/** Settings of `GanSizes`, with their defaults and rules. */
export const ganSizes: Flags<GanSizes> = {
  latent: count(100, "length of the noise vectors"),
  generatorHidden: list(
    [128, 256, 512, 1024],
    count(128, "units of the generator's hidden layers, from the noise on"),
    { smoke: [32, 64] },
  ),
  discriminatorHidden: list(
    [512, 256],
    count(512, "units of the discriminator's hidden layers, from the image on"),
    { smoke: [64] },
  ),
};

/** What the players are made of. */
export type GanArchitecture = "mlp" | "conv";

/** What the players are made of, and the size of convolutional ones. */
export interface GanLayers {
  /** Perceptrons, or convolutions as in Radford et al. 2016. */
  readonly architecture: GanArchitecture;
  /** Channels of convolutional players beside the image. */
  readonly channels: number;
}

/** Settings of `GanLayers`, with their defaults and rules. */
export const ganLayers: Flags<GanLayers> = {
  architecture: oneOf(
    ["mlp", "conv"],
    "what the players are made of: perceptrons or convolutions",
  ),
  channels: count(
    32,
    "channels of convolutional players beside the image, half of those beside the smallest features",
    { smoke: 4 },
  ),
};

/** What both players minimize. */
export interface GanLosses {
  /** What the discriminator should say of real images. */
  readonly smoothing: number;
  /** What the generator minimizes. */
  readonly loss: GeneratorLoss;
}

/** Settings of `GanLosses`, with their defaults and rules. */
export const ganLosses: Flags<GanLosses> = {
  smoothing: real(
    0.9,
    "what the discriminator should say of real images; 1: no smoothing",
    { min: 0.5, max: 1 },
  ),
  loss: oneOf(
    ["non-saturating", "saturating"],
    "what the generator minimizes: -log D(G(z)) or log(1 - D(G(z)))",
  ),
};

/** How to train, as a run's config gives it. */
export interface GanTraining {
  /** Passes over the training images. */
  readonly epochs: number;
  /** Images in a weight update of the discriminator, and noise vectors in one of each player. */
  readonly batch: number;
  /** Adam's step size, for both players. */
  readonly learningRate: number;
  /** Decay of Adam's mean of gradients. */
  readonly beta1: number;
  /** Turns of both players averaged in one record. */
  readonly recordEvery: number;
  /** Epochs after which the weights are kept for pictures. */
  readonly snapshots: readonly number[];
}

/** Settings of `GanTraining`, with their defaults and rules. */
export const ganTraining: Flags<GanTraining> = {
  epochs: count(20, "passes over the training images", { smoke: 2 }),
  batch: count(128, "images in a weight update", { min: 2, smoke: 50 }),
  learningRate: real(2e-4, "step size of Adam, for both players", { min: 0 }),
  beta1: real(0.5, "decay of Adam's mean of gradients", { min: 0, max: 0.999 }),
  recordEvery: count(10, "turns of both players averaged in one record"),
  snapshots: list(
    [0, 1, 10],
    real(0, "epochs after which samples are drawn", { min: 0 }),
    { smoke: [0, 1] },
  ),
};

/** How many samples are measured. */
export interface SampleRequest {
  /** Generated images measured after each epoch. */
  readonly samples: number;
}

/** Settings of `SampleRequest`, with their defaults and rules. */
export const sampleRequest: Flags<SampleRequest> = {
  samples: count(10_000, "generated images measured after each epoch", {
    min: 100,
    smoke: 300,
  }),
};
