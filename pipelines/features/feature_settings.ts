/**
 * The settings of a network that measures samples, of its training and of its comparison.
 * @module
 */
import { count, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** How to train the network. */
export interface FeatureTraining {
  /** Passes over the training images. */
  readonly epochs: number;
  /** Images in a weight update. */
  readonly batch: number;
  /** Adam's step size at the start, from which it falls to zero in a line. */
  readonly learningRate: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
}

/** Flags of the training. */
export const featureTraining: Flags<FeatureTraining> = {
  epochs: count(3, "passes over the training images", { smoke: 2 }),
  batch: count(128, "images in a weight update", { smoke: 32 }),
  learningRate: real(
    1e-3,
    "step size of Adam at the start, which falls to zero in a line",
    { min: 0 },
  ),
  recordEvery: count(10, "weight updates averaged in one record"),
};

/** What both networks measure. */
export interface ComparisonRequest {
  /** Images of each set. */
  readonly compared: number;
}

/** Flag of the comparison. */
export const comparisonRequest: Flags<ComparisonRequest> = {
  compared: count(
    2000,
    "images in each set that this network and the package's measure",
    { min: 30, smoke: 100 },
  ),
};
