/**
 * The variational autoencoder of Kingma & Welling 2014 on binary images.
 * @module
 */
import type { Activation } from "../../models/layers/activation.ts";
import { buildVae, type VaeSizes } from "./build_vae.ts";
import { pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { InputOf, Stage } from "../core/stage.ts";
import { count, type Field, list, oneOf, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import { estimateLogLikelihood } from "./estimate_log_likelihood.ts";
import { evaluateElbo } from "./evaluate_elbo.ts";
import { exportVae } from "./export_vae.ts";
import { summarizeVae } from "./summarize_vae.ts";
import { threshold } from "../images/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../images/load_mnist.ts";
import { drawElboTerms } from "./draw_elbo_terms.ts";
import { drawLatents } from "./draw_latents.ts";
import { drawReconstructions } from "./draw_reconstructions.ts";
import { drawSamples } from "./draw_samples.ts";
import { type ElboTraining, trainElbo } from "./train_elbo.ts";

/** Everything that shapes the experiment. */
export interface VaeConfig extends ImageRequest, VaeSizes, ElboTraining {
  /** Widths of the hidden layers, from the image to the latents. */
  readonly hidden: readonly number[];
  /** Importance samples for each test image. */
  readonly importanceSamples: number;
  /** Test images drawn beside their reconstructions. */
  readonly reconstructions: number;
}

/** What a task sets its own default for. */
export type VaeDefaults = Omit<VaeConfig, keyof ImageRequest>;

/** The defaults of Kingma & Welling's sizes, but for the length of the latent vectors. */
const usual: Omit<VaeDefaults, "latent"> = {
  hidden: [500],
  encoderActivation: "tanh",
  decoderActivation: "tanh",
  epochs: 20,
  batch: 128,
  learningRate: 1e-3,
  monteCarlo: 1,
  validateEvery: 0,
  patience: 10,
  recordEvery: 10,
  snapshots: [0, 1],
  importanceSamples: 1000,
  reconstructions: 64,
};

/**
 * Its flags.
 *
 * @param own The defaults of a task, where they are not the usual ones.
 */
export function vaeFlags(
  own: Pick<VaeDefaults, "latent"> & Partial<VaeDefaults>,
): Flags<Omit<VaeConfig, "data">> {
  return { ...modelFlags(own), ...imageFlags };
}

/** The same without those of what is loaded. */
export function modelFlags(
  own: Pick<VaeDefaults, "latent"> & Partial<VaeDefaults>,
): Flags<VaeDefaults> {
  const by: VaeDefaults = { ...usual, ...own };
  return {
    latent: count(by.latent, "length of the latent vectors"),
    hidden: list(
      by.hidden,
      count(500, "units of the hidden layers, from the image to the latents"),
      { smoke: by.hidden.map(() => 100) },
    ),
    encoderActivation: activation(by.encoderActivation, "encoder"),
    decoderActivation: activation(by.decoderActivation, "decoder"),
    epochs: count(by.epochs, "passes over the training images", { smoke: 2 }),
    batch: count(by.batch, "images in a weight update", { smoke: 100 }),
    learningRate: real(by.learningRate, "step size of Adam", { min: 0 }),
    monteCarlo: count(by.monteCarlo, "samples of the posterior for each image"),
    validateEvery: count(
      by.validateEvery,
      "weight updates between two validations; 0: an epoch",
      { min: 0 },
    ),
    patience: count(
      by.patience,
      "validations without a better ELBO before training stops; 0: never",
      { min: 0 },
    ),
    recordEvery: count(by.recordEvery, "weight updates averaged in one record"),
    snapshots: list(
      by.snapshots,
      count(0, "epochs after which samples are drawn", { min: 0 }),
      { smoke: [0, 1] },
    ),
    importanceSamples: count(
      by.importanceSamples,
      "samples of log p(x) for each test image",
      { min: 2, smoke: 50 },
    ),
    reconstructions: count(
      by.reconstructions,
      "test images drawn beside their reconstructions",
    ),
  };
}

/** The flags of what is loaded. */
export const imageFlags: Flags<Omit<ImageRequest, "data">> = {
  trainImages: count(0, "the most training images; 0: all", {
    min: 0,
    smoke: 2000,
  }),
  testImages: count(0, "the most validation and test images each; 0: all", {
    min: 0,
    smoke: 500,
  }),
};

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
    .pipe(drawVae)
    .give("summary");
}

/** The pictures of every VAE. */
export const drawVae: Stage<
  & InputOf<typeof drawElboTerms>
  & InputOf<typeof drawSamples>
  & InputOf<typeof drawReconstructions>
  & InputOf<typeof drawLatents>,
  object
> = pipeline<
  InputOf<typeof drawSamples> & InputOf<typeof drawReconstructions>
>("draw")
  .pipe(drawElboTerms)
  .pipe(drawSamples)
  .pipe(drawReconstructions)
  .pipe(drawLatents);

function activation(fallback: Activation, side: string): Field<Activation> {
  const names = ["tanh", "relu", "softplus", "gelu"] as const;
  const help = `what follows the hidden layers of the ${side}`;
  return { ...oneOf(names, help), fallback };
}
