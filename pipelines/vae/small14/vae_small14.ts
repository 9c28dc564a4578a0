/**
 * A small variational autoencoder on few images of few pixels, watched batch by batch.
 * @module
 */
import { buildVae } from "../build_vae.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { estimateLogLikelihood } from "../estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate_elbo.ts";
import { exportVae } from "../export_vae.ts";
import { summarizeVae } from "../summarize_vae.ts";
import { threshold14x14 } from "../../images/binarize_stages.ts";
import {
  type FirstOfEachRequest,
  loadFirstOfEach,
} from "../../images/load_first_of_each.ts";
import { drawBatches } from "./draw_batches.ts";
import { trainElbo } from "../train_elbo.ts";
import { drawVae, modelFlags, type VaeDefaults } from "../vae.ts";

/** Everything that shapes the experiment. */
export interface VaeSmall14Config extends FirstOfEachRequest, VaeDefaults {}

/** Its flags. */
export const vaeSmall14Flags: Flags<Omit<VaeSmall14Config, "data">> = {
  ...modelFlags({
    latent: 8,
    hidden: [128],
    monteCarlo: 2,
    epochs: 100,
    batch: 100,
    validateEvery: 100,
    patience: 0,
    recordEvery: 1,
    snapshots: [0, 10],
    reconstructions: 8,
  }),
  perDigit: count(1000, "training images of each digit", { smoke: 100 }),
  validationImages: count(100, "the most validation images; 0: all", {
    min: 0,
  }),
  testImages: count(0, "the most test images; 0: all", { min: 0, smoke: 500 }),
};

/** From the first images of each digit to the numbers and pictures of a small VAE. */
export function vaeSmall14Experiment(
  name: string,
): Stage<VaeSmall14Config, { readonly summary: Summary }> {
  return pipeline<VaeSmall14Config>(name)
    .pipe(loadFirstOfEach)
    .pipe(threshold14x14)
    .pipe(buildVae)
    .pipe(trainElbo)
    .pipe(evaluateElbo)
    .pipe(estimateLogLikelihood)
    .pipe(summarizeVae)
    .pipe(exportVae)
    .pipe(drawBatches)
    .pipe(drawVae)
    .give("summary");
}
