/**
 * Samplers compared on one trained model and one seed.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list, oneOf, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import {
  type FeatureSource,
  featureSource,
} from "../../images/features/feature_source.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { checkSamplers } from "../check_request.ts";
import type { DiffusionSizes } from "../diffusion_model.ts";
import {
  diffusionImages,
  diffusionSizes,
  type DiffusionTraining,
  diffusionTraining,
} from "../diffusion_settings.ts";
import {
  type ModelSource,
  modelSource,
  obtainDiffusion,
} from "../obtain_diffusion.ts";
import { samplerNames } from "../samplers_by_name.ts";
import { buildDiffusion } from "../train_diffusion.ts";
import { compareSamplers, type SamplersRequest } from "./compare_samplers.ts";
import { drawSamplers } from "./draw_samplers.ts";
import { summarizeSamplers } from "./summarize_samplers.ts";

/** Everything that shapes the experiment. */
export interface DiffusionSamplersConfig
  extends
    ImageRequest,
    DiffusionSizes,
    DiffusionTraining,
    ModelSource,
    FeatureSource,
    SamplersRequest {}

/** Flags of the comparison. */
export const samplersFlags: Flags<SamplersRequest> = {
  samplers: list(
    [
      ...["lms", "euler", "euler-ancestral", "dpm1", "dpm2", "dpm3"] as const,
      ...["ddim", "ddpm", "pndm", "heun", "unipc"] as const,
    ],
    oneOf(samplerNames, "samplers to compare"),
    {
      least: 1,
      repeats: "refused",
      smoke: ["lms", "euler-ancestral", "dpm2"],
    },
  ),
  stepCounts: list(
    [10, 100, 1000],
    count(1, "numbers of steps"),
    { least: 1, repeats: "refused", smoke: [2, 4] },
  ),
  samples: count(200, "images of each sampler with up to 100 steps", {
    min: 30,
    smoke: 30,
  }),
  longSamples: count(30, "images of each sampler with more steps", {
    min: 30,
  }),
  clip: oneOf(
    ["pixels", "none"],
    "range that estimated images are clipped to in each step",
  ),
  guidance: real(1, "how strongly the class guides", { min: 0 }),
};

/** Flags of the task. */
export const diffusionSamplersFlags: Flags<
  Omit<DiffusionSamplersConfig, "data">
> = {
  ...samplersFlags,
  ...modelSource,
  ...featureSource,
  ...diffusionSizes,
  ...diffusionTraining,
  ...diffusionImages,
};

/** From images, or the folder of a run, to the numbers and pictures of samplers. */
export const diffusionSamplersExperiment: Stage<
  DiffusionSamplersConfig,
  { readonly summary: Summary }
> = pipeline<DiffusionSamplersConfig>("diffusion-samplers")
  .pipe(loadMnist)
  .pipe(checkSamplers)
  .pipe(buildDiffusion)
  .pipe(obtainDiffusion)
  .pipe(compareSamplers)
  .pipe(summarizeSamplers)
  .pipe(drawSamplers)
  .give("summary");
