/**
 * The settings of a diffusion model of images and of its training.
 * @module
 */
import type { Weighting } from "../../models/diffusion/loss_weighting.ts";
import { count, oneOf, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type { ImageRequest } from "../images/load_mnist.ts";
import type { DiffusionSizes } from "./diffusion_model.ts";

/** How to train. */
export interface DiffusionTraining {
  /** Weight updates. */
  readonly updates: number;
  /** Images in a weight update. */
  readonly batch: number;
  /** Adam's step size after the warm-up. */
  readonly learningRate: number;
  /** Updates until the step size is at its highest. */
  readonly warmUp: number;
  /** The greatest length of all gradients together. */
  readonly clipNorm: number;
  /** Part of the running average of the weights that an update keeps, late in training. */
  readonly averageDecay: number;
  /** Part of the images whose class is not told. */
  readonly labelDrop: number;
  /** How much the error at each timestep counts. */
  readonly weighting: Weighting;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Weight updates between two validations. */
  readonly validateEvery: number;
  /** Images on which the error of the noise is measured. */
  readonly errorImages: number;
}

/** Flags of the network and of the chain. */
export const diffusionSizes: Flags<DiffusionSizes> = {
  channels: count(16, "channels of the U-Net at the full side, by 8", {
    min: 8,
    smoke: 8,
  }),
  timesteps: count(1000, "timesteps of the chain", { min: 2 }),
  schedule: oneOf(
    ["linear", "scaled-linear", "cosine"],
    "how the noise grows",
  ),
  prediction: oneOf(
    ["noise", "image", "velocity"],
    "what the network predicts",
  ),
};

/** Flags of the training. */
export const diffusionTraining: Flags<DiffusionTraining> = {
  updates: count(3000, "weight updates", { smoke: 20 }),
  batch: count(64, "images in a weight update", { smoke: 16 }),
  learningRate: real(1e-3, "step size of Adam after the warm-up", { min: 0 }),
  warmUp: count(200, "updates until the step size is at its highest", {
    min: 0,
  }),
  clipNorm: real(1, "greatest length of all gradients together", {
    min: 1e-9,
  }),
  averageDecay: real(
    0.999,
    "part of the running average of the weights that an update keeps",
    { min: 0, max: 1 },
  ),
  labelDrop: real(0.1, "part of the images whose class is not told", {
    min: 0,
    max: 1,
  }),
  weighting: oneOf(
    ["simple", "bound", "min-snr"],
    "how much the error at each timestep counts",
  ),
  recordEvery: count(10, "weight updates averaged in one record"),
  validateEvery: count(500, "weight updates between two validations", {
    smoke: 10,
  }),
  errorImages: count(
    512,
    "images on which the error of the noise is measured",
    {
      smoke: 64,
    },
  ),
};

/** Flags of the images. */
export const diffusionImages: Flags<Omit<ImageRequest, "data">> = {
  trainImages: count(0, "the most training images; 0: all", {
    min: 0,
    smoke: 500,
  }),
  testImages: count(0, "the most validation and test images each; 0: all", {
    min: 0,
    smoke: 200,
  }),
};
