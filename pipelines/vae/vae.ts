/**
 * The variational autoencoder of Kingma & Welling 2014 on binary images.
 * @module
 */
import { buildVae, type VaeSizes, vaeSizes } from "./build_vae.ts";
import { type Pipeline, pipeline } from "../core/pipeline.ts";
import type { Summary } from "../core/run/summary.ts";
import type { InputOf, Stage } from "../core/stage.ts";
import { type Flags, withDefaults } from "../core/task/flags.ts";
import {
  estimateLogLikelihood,
  type LikelihoodRequest,
  likelihoodRequest,
  type LogLikelihoodEstimate,
} from "./estimate_log_likelihood.ts";
import { type ElboEstimate, evaluateElbo } from "./evaluate_elbo.ts";
import { exportVae } from "./export_vae.ts";
import { leaveVaeSamples } from "./leave_vae_samples.ts";
import { summarizeVae } from "./summarize_vae.ts";
import { threshold } from "../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../images/load_mnist.ts";
import { drawElboTerms } from "./draw_elbo_terms.ts";
import { drawLatents } from "./draw_latents.ts";
import {
  drawReconstructions,
  type ReconstructionRequest,
  reconstructionRequest,
} from "./draw_reconstructions.ts";
import { drawSamples } from "./draw_samples.ts";
import { type ElboTraining, elboTraining } from "../images/fit_elbo.ts";
import { trainElbo } from "./train_elbo.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { Vae } from "../../models/vae.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import type { BinaryImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";

/** What shapes a VAE, its training and its evaluation. */
export interface VaeSettings
  extends VaeSizes, ElboTraining, LikelihoodRequest, ReconstructionRequest {}

/** Everything that shapes the experiment. */
export interface VaeConfig extends ImageRequest, VaeSettings {}

/** Settings of `VaeSettings`, with the defaults of Kingma & Welling 2014. */
export const vaeSettings: Flags<VaeSettings> = {
  ...vaeSizes,
  ...elboTraining,
  ...likelihoodRequest,
  ...reconstructionRequest,
};

/**
 * Settings of a VAE on images, with a task's own defaults.
 *
 * @param own The defaults that differ from those of the stages.
 * @returns A field for each setting but `data`.
 */
export function vaeFlags(
  own: Partial<VaeSettings>,
): Flags<Omit<VaeConfig, "data">> {
  return { ...withDefaults(vaeSettings, own), ...imageRequest };
}

/** What a VAE is fitted to, and how. */
export type FittedVaeInput = Partial<VaeSettings> & {
  /** What to learn from. */
  readonly images: BinaryImages;
  /** Where the images are from. */
  readonly dataset: DatasetInfo;
};

/** A trained VAE and its numbers. */
export interface FittedVae {
  /** The model, with the weights of the best validation. */
  readonly vae: Owned<Vae>;
  /** How the training went. */
  readonly training: Training;
  /** Test ELBO and its terms, in nats per image. */
  readonly elbo: ElboEstimate;
  /** Test log p(x), in nats per image. */
  readonly likelihood: LogLikelihoodEstimate;
  /** Numbers of the run by name. */
  readonly summary: Summary;
}

/** From binary images to a trained VAE, its numbers and its exported model. */
export const fitVae: Pipeline<FittedVaeInput, FittedVae> = pipeline<
  FittedVaeInput
>("fit")
  .pipe(buildVae)
  .pipe(trainElbo)
  .pipe(evaluateElbo)
  .pipe(estimateLogLikelihood)
  .pipe(summarizeVae)
  .pipe(exportVae);

/** From images to the numbers and pictures of a trained VAE. */
export function vaeExperiment(
  name: string,
): Stage<VaeConfig, { readonly summary: Summary }> {
  return pipeline<VaeConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .include(fitVae)
    .pipe(leaveVaeSamples)
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
