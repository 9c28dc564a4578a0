/**
 * The stage that trains a variational autoencoder by its evidence lower bound.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { WithMean } from "../../models/distributions/distribution.ts";
import { elbo } from "../../models/objectives/elbo.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { Vae } from "../../models/vae.ts";
import { split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { PixelImages } from "../entries/images.ts";
import type { Training } from "../entries/training.ts";
import { meanAndError } from "../measure/mean_and_error.ts";
import { scaleOf } from "../measure/pixel_input.ts";
import { elboMeter } from "../measure/measure_elbo.ts";
import { fitModel, type TrainingLength } from "./fit_model.ts";

/** How to train, as a run's config gives it. */
export interface ElboTraining extends TrainingLength {
  /** Passes over the training images, at most. */
  readonly epochs: number;
  /** Adam's step size. */
  readonly learningRate: number;
  /** Samples of the posterior for each image. */
  readonly monteCarlo: number;
}

/**
 * Trains by the ELBO with Adam, validates now and then, and restores the best weights.
 *
 * Source: Kingma & Welling 2014, algorithm 1 and eq. 10; Kingma & Ba 2015.
 */
export const trainElbo: Stage<
  ElboTraining & {
    readonly vae: Owned<Vae<WithMean>>;
    readonly images: PixelImages;
  },
  { readonly training: Training }
> = stage("train", {
  needs: [
    "vae",
    "images",
    "latent",
    "epochs",
    "batch",
    "learningRate",
    "monteCarlo",
    "validateEvery",
    "patience",
    "recordEvery",
    "snapshots",
  ],
  adds: { training: "records, kept weights, and the best weight update" },
}, async ({ vae, images, ...config }, context) => {
  const [batchKey, noiseKey, validationKey] = split(context.key, 3);
  const { latent, monteCarlo } = config;
  const pixels = images.train.rows * images.train.columns;
  using optimizer = adam(vae.variables);
  using meter = await elboMeter(
    vae,
    { pixels, latent, monteCarlo, scale: scaleOf(images) },
    context,
  );
  const training = await fitModel({
    ...config,
    variables: vae.variables,
    optimizer,
    images,
    samples: monteCarlo,
    learningRate: () => config.learningRate,
    keys: { batches: batchKey, noise: noiseKey },
    terms: (images, noise) => {
      const terms = elbo(vae, images, noise);
      return {
        loss: terms.elbo.mean<tf.Scalar>().neg(),
        reconstruction: terms.reconstruction.mean(),
        kl: terms.kl.mean(),
      };
    },
    names: ["reconstruction", "kl"],
    record: ({ reconstruction, kl }) => termsOf("train", reconstruction, kl),
    validate: async () => {
      const terms = await meter.measure(images.validation, validationKey);
      return termsOf("validation", terms.reconstruction, terms.kl);
    },
    best: "validation/elbo",
  }, context);
  return { training };
});

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
