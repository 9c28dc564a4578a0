/**
 * Estimators of log p(x) of trained models.
 * @module
 */
import {
  buildVae,
  type LatentSize,
  type VaeLayers,
  vaeLayers,
} from "../build_vae.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list } from "../../core/task/fields.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Estimates } from "./estimates.ts";
import {
  compareEstimators,
  type EstimatorRequest,
  estimatorRequest,
} from "./compare_estimators.ts";
import { summarizeEstimators } from "./summarize_estimators.ts";
import { threshold } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { drawEstimators } from "./draw_estimators.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import { trainElbo } from "../train_elbo.ts";

/** What all models have in common: how to train them, and how to estimate. */
export interface EstimatedModels
  extends VaeLayers, ElboTraining, EstimatorRequest {}

/** Which models to train. */
export interface EstimatedLatents {
  /** Lengths of the latent vectors, a model for each. */
  readonly latent: readonly number[];
}

/** Everything that shapes the experiment. */
export interface EstimatorsConfig
  extends ImageRequest, EstimatedModels, EstimatedLatents {}

const common: Flags<EstimatedModels> = {
  ...vaeLayers,
  ...elboTraining,
  ...estimatorRequest,
};

const latents: Flags<EstimatedLatents> = {
  latent: list(
    [2],
    count(2, "lengths of the latent vectors, a model for each"),
    { least: 1, repeats: "refused" },
  ),
};

/** Settings of the experiment but for `data`, with its defaults. */
export const estimatorsFlags: Flags<Omit<EstimatorsConfig, "data">> = {
  ...withDefaults(common, { epochs: 5, snapshots: [] }),
  ...imageRequest,
  ...latents,
};

/** What one model starts from. */
type Model = EstimatedModels & LatentSize & { readonly images: BinaryImages };

const oneModel: Stage<
  Model,
  { readonly estimates: Estimates }
> = pipeline<Model>("model")
  .pipe(buildVae)
  .pipe(trainElbo)
  .pipe(compareEstimators)
  .give("estimates");

const models: Stage<
  EstimatorsConfig & { readonly images: BinaryImages },
  { readonly models: readonly Estimates[] }
> = forEach("models", {
  needs: ["images"],
  settings: { ...latents, ...common },
  adds: { models: "estimates of each model, by latent dimension" },
  cases: ({ latent, ...config }) =>
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
