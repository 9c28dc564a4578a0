/**
 * The stage that trains a variational autoencoder by its evidence lower bound.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import { elbo } from "../../models/objectives/elbo.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { Vae } from "../../models/vae.ts";
import { fold, type Key, split } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../entries/images.ts";
import type { Training } from "../entries/training.ts";
import { meanAndError } from "../measure/mean_and_error.ts";
import { elboMeter } from "../measure/measure_elbo.ts";
import { train } from "./fit.ts";
import { imageBatches } from "./image_batches.ts";

/** How to train, as a run's config gives it. */
export interface ElboTraining {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Passes over the training images, at most. */
  readonly epochs: number;
  /** Images of one weight update. */
  readonly batch: number;
  /** Adam's step size. */
  readonly learningRate: number;
  /** Samples of the posterior for each image. */
  readonly monteCarlo: number;
  /** Weight updates between two validations; 0 validates after each epoch. */
  readonly validateEvery: number;
  /** Validations without a better ELBO before training stops; 0 never stops early. */
  readonly patience: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Epochs after which the weights are kept for pictures. */
  readonly snapshots: readonly number[];
}

/**
 * Trains by the ELBO with Adam, validates now and then, and restores the best weights.
 *
 * Source: Kingma & Welling 2014, algorithm 1 and eq. 10; Kingma & Ba 2015.
 */
export const trainElbo: Stage<
  ElboTraining & { readonly vae: Owned<Vae>; readonly images: BinaryImages },
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
  const { latent, batch, monteCarlo, recordEvery } = config;
  const [batchKey, noiseKey, validationKey] = split(context.key, 3);
  const pixels = images.train.rows * images.train.columns;
  const batches = imageBatches(images, batch, batchKey);
  using optimizer = adam(vae.variables);
  const trainStep = ({ images, noise, learningRate }: {
    readonly images: tf.Tensor2D;
    readonly noise: tf.Tensor3D;
    readonly learningRate: tf.Scalar;
  }) => {
    const { terms, gradients } = lossAndGradients(() => {
      const terms = elbo(vae, images.cast("float32"), noise);
      return {
        loss: terms.elbo.mean<tf.Scalar>().neg(),
        reconstruction: terms.reconstruction.mean(),
        kl: terms.kl.mean(),
      };
    }, vae.variables);
    optimizer.apply(gradients, learningRate);
    return { reconstruction: terms.reconstruction, kl: terms.kl };
  };
  using step = await compile(trainStep, {
    inputs: {
      images: { shape: [batch, pixels], dtype: "bool" },
      noise: { shape: [monteCarlo, batch, latent] },
      learningRate: { shape: [] },
    },
    device: context.device,
    threads: context.threads,
    stepsPerCall: recordEvery,
  });
  using meter = await elboMeter(vae, { pixels, latent, monteCarlo }, context);
  const training = await train({
    steps: config.epochs * batches.perEpoch,
    stepsPerEpoch: batches.perEpoch,
    recordEvery,
    items: { perStep: batch, unit: "images" },
    weights: vae.variables,
    slots: optimizer.slots,
    sync: () => step.sync(),
    update: async (first, count) => {
      const { reconstruction, kl } = await step.run({
        images: batches.at(first, count),
        noise: stepNoise(noiseKey, first, count, monteCarlo * batch * latent),
        learningRate: new Float32Array(count).fill(config.learningRate),
      });
      return termsOf("train", reconstruction.data, kl.data);
    },
    validateEvery: config.validateEvery || batches.perEpoch,
    validate: async () => {
      const terms = await meter.measure(images.validation, validationKey);
      return termsOf("validation", terms.reconstruction, terms.kl);
    },
    best: "validation/elbo",
    patience: config.patience,
    snapshotSteps: config.snapshots.map((at) => at * batches.perEpoch),
  }, context);
  return { training };
});

/** The noise of consecutive weight updates, each from its own key. */
function stepNoise(
  key: Key,
  first: number,
  count: number,
  perStep: number,
): Float32Array {
  const noise = new Float32Array(count * perStep);
  for (let i = 0; i < count; i++) {
    const part = noise.subarray(i * perStep, (i + 1) * perStep);
    normal(fold(key, first + i), perStep, part);
  }
  return noise;
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
