/**
 * The variational autoencoder of Kingma & Welling 2014 on binary images.
 * @module
 */
import { buildVae, type VaeSizes } from "../build/build_vae.ts";
import { pipeline } from "../core/pipeline.ts";
import type { InputOf, Stage } from "../core/stage.ts";
import { count, list, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import { estimateLogLikelihood } from "../evaluate/estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate/evaluate_elbo.ts";
import { exportVae } from "../evaluate/export_vae.ts";
import { summarizeVae, type Summary } from "../evaluate/summarize_vae.ts";
import { threshold } from "../load/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../load/load_mnist.ts";
import { drawElboTerms } from "../render/draw_elbo_terms.ts";
import { drawLatents } from "../render/draw_latents.ts";
import { drawReconstructions } from "../render/draw_reconstructions.ts";
import { drawSamples } from "../render/draw_samples.ts";
import { type ElboTraining, trainElbo } from "../train/train_elbo.ts";

/** Everything that shapes the experiment. */
export interface VaeConfig extends ImageRequest, VaeSizes, ElboTraining {
  /** Importance samples for each test image. */
  readonly importanceSamples: number;
}

/** Its flags, with the length of the latent vectors as default. */
export function vaeFlags(latent: number): Flags<Omit<VaeConfig, "data">> {
  const allImages = { min: 0 };
  return {
    latent: count(latent, "length of the latent vectors"),
    hidden: count(500, "units of the two hidden layers", { smoke: 100 }),
    epochs: count(20, "passes over the training images", { smoke: 2 }),
    batch: count(128, "images in a weight update", { smoke: 100 }),
    learningRate: real(1e-3, "step size of Adam", { min: 0 }),
    monteCarlo: count(1, "samples of the posterior for each image"),
    patience: count(
      10,
      "validations without a better ELBO before training stops; 0: never",
      { min: 0 },
    ),
    recordEvery: count(10, "weight updates averaged in one record"),
    snapshots: list(
      [0, 1],
      count(0, "epochs after which samples are drawn", { min: 0 }),
    ),
    importanceSamples: count(1000, "samples of log p(x) for each test image", {
      min: 2,
      smoke: 50,
    }),
    trainImages: count(0, "the most training images; 0: all", {
      ...allImages,
      smoke: 2000,
    }),
    testImages: count(0, "the most validation and test images each; 0: all", {
      ...allImages,
      smoke: 500,
    }),
  };
}

/** From images to the numbers and pictures of a trained VAE. */
export function vaeExperiment(
  name: string,
): Stage<VaeConfig, { readonly summary: Summary }> {
  return pipeline<VaeConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(buildVae)
    .pipe(trainElbo)
    .pipe(evaluateElbo)
    .pipe(estimateLogLikelihood)
    .pipe(summarizeVae)
    .pipe(exportVae)
    .pipe(
      pipeline<InputOf<typeof drawSamples>>("draw")
        .pipe(drawElboTerms)
        .pipe(drawSamples)
        .pipe(drawReconstructions)
        .pipe(drawLatents),
    )
    .give("summary");
}
