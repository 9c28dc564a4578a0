/**
 * A convolutional variational autoencoder on binary images.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import { threshold } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import {
  type ReconstructionRequest,
  reconstructionRequest,
} from "../draw_reconstructions.ts";
import {
  estimateLogLikelihood,
  type LikelihoodRequest,
  likelihoodRequest,
} from "../estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate_elbo.ts";
import { exportVae } from "../export_vae.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import { leaveVaeSamples } from "../leave_vae_samples.ts";
import { summarizeVae } from "../summarize_vae.ts";
import { trainElbo } from "../train_elbo.ts";
import { drawVae } from "../vae.ts";
import {
  type ArchitectureSizes,
  architectureSizes,
} from "./architecture_sizes.ts";
import { buildConvVae } from "./build_conv_vae.ts";

/** Everything that shapes the experiment. */
export interface ConvVaeConfig
  extends
    ImageRequest,
    ArchitectureSizes,
    ElboTraining,
    LikelihoodRequest,
    ReconstructionRequest {}

/** Settings of the experiment but for `data`, with its defaults. */
export const convVaeFlags: Flags<Omit<ConvVaeConfig, "data">> = {
  ...withDefaults(
    { ...architectureSizes, ...elboTraining, ...likelihoodRequest },
    { initialization: "glorot-uniform" }, // of convolutions it reaches most: docs/results/initial_weights.md
  ),
  ...reconstructionRequest,
  ...imageRequest,
};

/** From images to the numbers and pictures of a convolutional VAE. */
export function convVaeExperiment(
  name: string,
): Stage<ConvVaeConfig, { readonly summary: Summary }> {
  return pipeline<ConvVaeConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(buildConvVae)
    .pipe(trainElbo)
    .pipe(evaluateElbo)
    .pipe(estimateLogLikelihood)
    .pipe(summarizeVae)
    .pipe(exportVae)
    .pipe(leaveVaeSamples)
    .pipe(drawVae)
    .give("summary");
}
