/**
 * The gap between log p(x) and the evidence lower bound over training.
 * @module
 */
import { buildLinearGaussian } from "./build_linear_gaussian.ts";
import { buildVae, type VaeSizes } from "../build_vae.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { measureVaeGap } from "./measure_vae_gap.ts";
import { summarizeElboGap } from "./summarize_elbo_gap.ts";
import { threshold } from "../../images/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { drawElboGap } from "./draw_elbo_gap.ts";
import { type ElboTraining, trainElbo } from "../train_elbo.ts";
import { trainLinearGaussian } from "./train_linear_gaussian.ts";
import { imageFlags, modelFlags } from "../vae.ts";

/** Everything that shapes the experiment. */
export interface ElboGapConfig extends ImageRequest, VaeSizes, ElboTraining {
  /** Widths of the hidden layers, from the image to the latents. */
  readonly hidden: readonly number[];
  /** Test images whose integrals are computed. */
  readonly gapImages: number;
  /** Vectors that the linear model learns. */
  readonly linearVectors: number;
  /** Weight updates of the linear model, each with all vectors. */
  readonly linearUpdates: number;
}

/** Its flags; parts of an epoch are kept, for most happens in the first. */
export const elboGapFlags: Flags<Omit<ElboGapConfig, "data">> = {
  ...withoutPictures(),
  ...imageFlags,
  snapshots: list(
    [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    real(1, "epochs after which the gap is measured", { min: 0 }),
    { smoke: [0, 1, 2] },
  ),
  gapImages: count(100, "test images whose integrals are computed", {
    max: 1000,
    smoke: 20,
  }),
  linearVectors: count(500, "vectors that the linear model learns", {
    smoke: 100,
  }),
  linearUpdates: count(2000, "weight updates of the linear model", {
    smoke: 300,
  }),
};

/** From images to the two gaps, and their pictures. */
export const elboGap: Stage<ElboGapConfig, { readonly summary: Summary }> =
  pipeline<ElboGapConfig>("elbo-gap")
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(buildVae)
    .pipe(trainElbo)
    .pipe(measureVaeGap)
    .pipe(buildLinearGaussian)
    .pipe(trainLinearGaussian)
    .pipe(summarizeElboGap)
    .pipe(drawElboGap)
    .give("summary");

/** The flags of a VAE of two latents, without those of its pictures. */
function withoutPictures() {
  const {
    importanceSamples: _importanceSamples,
    reconstructions: _reconstructions,
    ...flags
  } = modelFlags({ latent: 2, epochs: 5, patience: 0 });
  return flags;
}
