/**
 * What shapes a flow over images, its training and its evaluation.
 * @module
 */
import {
  type LayerInitialization,
  layerInitializations,
} from "../../models/layers/layer_initials.ts";
import type { DequantizationName } from "../../models/real_nvp.ts";
import { count, list, oneOf, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type { Decay } from "../training/learning_rate.ts";

/** The sizes of a flow over images, as a run's config gives them. */
export interface FlowSizes {
  /** How whole numbers are made continuous. */
  readonly dequantization: DequantizationName;
  /** Channels of the hidden layers of each coupling. */
  readonly hidden: number;
  /** Couplings of pixels, at the first scale. */
  readonly pixelCouplings: number;
  /** Couplings of channels, at the second scale. */
  readonly channelCouplings: number;
  /** Couplings of the noise of variational dequantization. */
  readonly noiseCouplings: number;
  /** Channels of the hidden layers of those. */
  readonly noiseHidden: number;
  /** How hidden layers begin. */
  readonly initialization: LayerInitialization;
  /** How far from 0 and 1 the logit keeps. */
  readonly margin: number;
}

/** Settings of `FlowSizes`, with their defaults and rules. */
export const flowSizes: Flags<FlowSizes> = {
  dequantization: oneOf(
    ["variational", "uniform"],
    "how grey levels are made continuous",
  ),
  hidden: count(64, "channels of the hidden layers of each coupling", {
    smoke: 8,
  }),
  pixelCouplings: count(6, "couplings of pixels, at the first scale"),
  channelCouplings: count(4, "couplings of channels, at the second scale"),
  noiseCouplings: count(
    4,
    "couplings of the noise of variational dequantization",
  ),
  noiseHidden: count(32, "channels of the hidden layers of those", {
    smoke: 8,
  }),
  initialization: {
    ...oneOf(layerInitializations, "how hidden layers begin"),
    fallback: "fan-in",
  },
  margin: real(1e-5, "how far from 0 and 1 the logit keeps", {
    min: 1e-7,
    max: 0.49,
  }),
};

/** How to train a flow, as a run's config gives it. */
export interface FlowTraining {
  /** Weight updates. */
  readonly updates: number;
  /** Items of one weight update. */
  readonly batch: number;
  /** Adam's greatest step size. */
  readonly learningRate: number;
  /** Weight updates until the step size is at its greatest. */
  readonly warmUp: number;
  /** How the step size falls after that. */
  readonly decay: Extract<Decay, "cosine" | "constant">;
  /** The greatest length of all gradients together. */
  readonly clip: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Weight updates between two validations. */
  readonly validateEvery: number;
}

/** Settings of `FlowTraining`, with their defaults and rules. */
export const flowTraining: Flags<FlowTraining> = {
  updates: count(1500, "weight updates", { smoke: 20 }),
  batch: count(64, "items of a weight update", { smoke: 16 }),
  learningRate: real(1e-3, "greatest step size of Adam", { min: 0 }),
  warmUp: count(
    100,
    "weight updates until the step size is at its greatest",
    { min: 0, smoke: 5 },
  ),
  decay: oneOf(
    ["constant", "cosine"],
    "whether the step size falls after that, by a cosine to a tenth",
  ),
  clip: real(1, "greatest length of all gradients together", { min: 1e-9 }),
  recordEvery: count(10, "weight updates averaged in one record", { smoke: 5 }),
  validateEvery: count(250, "weight updates between two validations", {
    smoke: 10,
  }),
};

/** How to measure a flow over images. */
export interface FlowMeasures {
  /** Validation images of each validation. */
  readonly validationImages: number;
  /** Test images of the importance weighted bound. */
  readonly weightedImages: number;
  /** Samples of the noise of each of them. */
  readonly importanceSamples: number;
}

/** Settings of `FlowMeasures`, with their defaults and rules. */
export const flowMeasures: Flags<FlowMeasures> = {
  validationImages: count(1000, "validation images of each validation", {
    smoke: 100,
  }),
  weightedImages: count(
    1000,
    "test images, the first, of the importance weighted bound",
    { min: 2, smoke: 50 },
  ),
  importanceSamples: count(16, "samples of the noise of each of them", {
    min: 2,
    smoke: 4,
  }),
};

/** What to draw of a flow over images. */
export interface FlowPictures {
  /** Standard deviations of the latents of samples. */
  readonly temperatures: readonly number[];
}

/** Settings of `FlowPictures`, with their defaults and rules. */
export const flowPictures: Flags<FlowPictures> = {
  temperatures: list(
    [0.6, 0.8, 1],
    real(1, "standard deviations of the latents of samples", {
      min: 0,
      max: 2,
    }),
    { least: 1, repeats: "refused" },
  ),
};
