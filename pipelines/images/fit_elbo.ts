/**
 * Training by the evidence lower bound.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type Elbo, elbo } from "../../models/objectives/elbo.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { split } from "../core/random/key.ts";
import type { PixelImages } from "./images.ts";
import type { Hooks } from "../training/fit.ts";
import type { Training } from "../training/training.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { elboMeterOf } from "./measure_elbo.ts";
import type { ModelOf } from "../../models/objectives/latent_variable_model.ts";
import { scaleOf } from "./pixel_input.ts";
import type { ModelUpdate } from "./compile_update.ts";
import {
  fitModel,
  toldOf,
  type TrainingLength,
  trainingLength,
} from "./fit_model.ts";
import { count, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** How to train, as a run's config gives it. */
export interface ElboTraining extends TrainingLength {
  /** Passes over the training images, at most. */
  readonly epochs: number;
  /** Adam's step size. */
  readonly learningRate: number;
  /** Samples of the posterior for each image. */
  readonly monteCarlo: number;
}

/** Settings of `ElboTraining`, with their defaults and rules. */
export const elboTraining: Flags<ElboTraining> = {
  epochs: count(20, "passes over the training images", { smoke: 2 }),
  ...trainingLength,
  learningRate: real(1e-3, "step size of Adam", { min: 0 }),
  monteCarlo: count(1, "samples of the posterior for each image"),
};

/** What to train by the ELBO. */
export interface ElboModel {
  /** What to learn from. */
  readonly images: PixelImages;
  /** What the optimizer changes. */
  readonly variables: Variables;
  /** The model for a batch of images. */
  readonly modelOf: ModelOf;
}

/** A training by the ELBO. */
export interface ElboFit extends ElboTraining, ElboModel {
  /** Length of a latent vector. */
  readonly latent: number;
  /** The step size of an epoch, 0 for the first; that of the settings unless given. */
  readonly learningRateAt?: (epoch: number) => number;
  /** The loss of each image from the terms of its ELBO, in nats, [batch]: KL - reconstruction unless given. */
  readonly loss?: (terms: Elbo) => tf.Tensor;
  /** What the training tells while it runs. */
  readonly hooks?: Hooks;
}

/**
 * A weight update by the ELBO.
 *
 * @param fit What to train, and the settings of an update.
 * @param optimizer How the variables change.
 * @param keys Decide the orders of the images, and the noise.
 * @returns What to compile.
 */
export function elboUpdate(
  { modelOf, learningRate, monteCarlo, loss, ...fit }:
    & ElboModel
    & Pick<
      ElboFit,
      | "batch"
      | "latent"
      | "learningRate"
      | "monteCarlo"
      | "learningRateAt"
      | "loss"
    >,
  optimizer: Optimizer,
  keys: ModelUpdate<never>["keys"],
): ModelUpdate<"reconstruction" | "kl"> {
  return {
    ...fit,
    optimizer,
    keys,
    samples: monteCarlo,
    learningRate: fit.learningRateAt ?? (() => learningRate),
    terms: (images, noise) => {
      const terms = elbo(modelOf(images), images, noise);
      return {
        loss: loss?.(terms).mean<tf.Scalar>() ??
          terms.elbo.mean<tf.Scalar>().neg(),
        reconstruction: terms.reconstruction.mean(),
        kl: terms.kl.mean(),
      };
    },
    names: ["reconstruction", "kl"],
  };
}

/**
 * Trains by the ELBO with Adam, and restores the weights of the best validation.
 *
 * @param fit What to train, and how.
 * @param context Of the stage that trains.
 * @returns How it went.
 */
export async function fitElbo(
  fit: ElboFit,
  context: RunContext,
): Promise<Training> {
  const [batches, noise, validationKey] = split(context.key, 3);
  const { images, latent, monteCarlo } = fit;
  const pixels = images.train.rows * images.train.columns;
  const options = { pixels, latent, monteCarlo, scale: scaleOf(images) };
  using optimizer = adam(fit.variables);
  using meter = await elboMeterOf(fit.modelOf, options, context);
  return await fitModel({
    ...fit,
    ...elboUpdate(fit, optimizer, { batches, noise }),
    record: ({ reconstruction, kl }) => termsOf("train", reconstruction, kl),
    validate: async () => {
      const terms = await meter.measure(images.validation, validationKey);
      return termsOf("validation", terms.reconstruction, terms.kl);
    },
    best: "validation/elbo",
    told: toldOf(images.train),
  }, context);
}

/** The mean terms of the bound, named for the record, in nats per image. */
function termsOf(
  name: "train" | "validation",
  reconstructions: ArrayLike<number>,
  divergences: ArrayLike<number>,
): Record<string, number> {
  const reconstruction = meanAndError(reconstructions).mean;
  const kl = meanAndError(divergences).mean;
  return {
    [`${name}/elbo`]: reconstruction - kl,
    [`${name}/reconstruction`]: reconstruction,
    [`${name}/kl`]: kl,
  };
}
