/**
 * Estimators of log p(x) of trained models.
 * @module
 */
import { buildVae, type VaeSizes } from "../build_vae.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Estimates } from "./estimates.ts";
import {
  compareEstimators,
  type EstimatorRequest,
} from "./compare_estimators.ts";
import { summarizeEstimators } from "./summarize_estimators.ts";
import { threshold } from "../../images/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { drawEstimators } from "./draw_estimators.ts";
import { type ElboTraining, trainElbo } from "../train_elbo.ts";
import { imageFlags, modelFlags } from "../vae.ts";

/** One model: how to train it, and how to estimate. */
export interface EstimatedModelConfig
  extends VaeSizes, ElboTraining, EstimatorRequest {
  /** Widths of the hidden layers, from the image to the latents. */
  readonly hidden: readonly number[];
}

/** Everything that shapes the experiment. */
export interface EstimatorsConfig
  extends ImageRequest, Omit<EstimatedModelConfig, "latent"> {
  /** Lengths of the latent vectors, a model for each. */
  readonly latent: readonly number[];
}

/** Its flags. */
export const estimatorsFlags: Flags<Omit<EstimatorsConfig, "data">> = {
  ...withoutPictures(),
  ...imageFlags,
  latent: list(
    [2],
    count(2, "lengths of the latent vectors, a model for each"),
  ),
  estimateImages: count(25, "test images, and as many drawn from the model", {
    max: 1000,
    smoke: 5,
  }),
  samples: count(10_000, "samples of the prior and of the encoder", {
    min: 10,
    smoke: 100,
  }),
  chains: count(16, "annealed chains of each image", { min: 2, smoke: 4 }),
  distributions: count(300, "distributions between prior and posterior", {
    smoke: 30,
  }),
  leapfrogSteps: count(3, "leapfrog steps of a transition", { smoke: 2 }),
};

const oneModel: Stage<
  EstimatedModelConfig & { readonly images: BinaryImages },
  { readonly estimates: Estimates }
> = pipeline<EstimatedModelConfig & { readonly images: BinaryImages }>("model")
  .pipe(buildVae)
  .pipe(trainElbo)
  .pipe(compareEstimators)
  .give("estimates");

const models: Stage<
  EstimatorsConfig & { readonly images: BinaryImages },
  { readonly models: readonly Estimates[] }
> = forEach("models", {
  needs: [
    "images",
    "latent",
    ...(Object.keys(withoutPictures()) as (keyof EstimatorsConfig)[]),
    ...["estimateImages", "samples", "chains"] as const,
    ...["distributions", "leapfrogSteps"] as const,
  ],
  adds: { models: "estimates of each model, by latent dimension" },
  cases: (
    { latent, ...config }: EstimatorsConfig & { readonly images: BinaryImages },
  ) =>
    latent.map((latent) => ({
      name: `latent${latent}`,
      input: { ...config, latent },
    })),
  stage: oneModel,
  collect: (results) => ({ models: results.map(({ out }) => out.estimates) }),
});

/** From images to the estimates of each model, and their pictures. */
export const estimatorsExperiment: Stage<
  EstimatorsConfig,
  { readonly summary: Summary }
> = pipeline<EstimatorsConfig>("estimators")
  .pipe(loadMnist)
  .pipe(threshold)
  .pipe(models)
  .pipe(summarizeEstimators)
  .pipe(drawEstimators)
  .give("summary");

/** The flags of a VAE, without those of its pictures. */
function withoutPictures() {
  const {
    importanceSamples: _importanceSamples,
    reconstructions: _reconstructions,
    latent: _latent,
    ...flags
  } = modelFlags({ latent: 2, epochs: 5, snapshots: [] });
  return flags;
}
