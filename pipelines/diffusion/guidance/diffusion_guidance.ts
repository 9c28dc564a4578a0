/**
 * Guidance and negative classes on one trained model and one seed.
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
import { checkSampler } from "../check_request.ts";
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
import { compareGuidance, type GuidanceRequest } from "./compare_guidance.ts";
import { drawGuidance } from "./draw_guidance.ts";
import { summarizeGuidance } from "./summarize_guidance.ts";

/** Everything that shapes the experiment. */
export interface DiffusionGuidanceConfig
  extends
    ImageRequest,
    DiffusionSizes,
    DiffusionTraining,
    ModelSource,
    FeatureSource,
    GuidanceRequest {}

/** Flags of the task. */
export const diffusionGuidanceFlags: Flags<
  Omit<DiffusionGuidanceConfig, "data">
> = {
  sampler: {
    ...oneOf(samplerNames, "how images are drawn"),
    fallback: "dpm2",
  },
  steps: count(25, "steps of the sampler", { smoke: 3 }),
  guidances: list(
    [0, 1, 1.5, 2, 3, 4, 6, 8],
    real(1, "how strongly the class guides", { min: 0 }),
    { least: 1, repeats: "refused", smoke: [0, 1, 3] },
  ),
  samples: count(500, "images for each strength of guidance", {
    min: 30,
    smoke: 30,
  }),
  negativeGuidance: real(
    3,
    "guidance where other classes are avoided; 1 leaves a negative class without effect",
    { min: 0 },
  ),
  ...modelSource,
  ...featureSource,
  ...diffusionSizes,
  ...diffusionTraining,
  ...diffusionImages,
};

/** From images, or the folder of a run, to the numbers and pictures of guidance. */
export const diffusionGuidanceExperiment: Stage<
  DiffusionGuidanceConfig,
  { readonly summary: Summary }
> = pipeline<DiffusionGuidanceConfig>("diffusion-guidance")
  .pipe(loadMnist)
  .pipe(checkSampler)
  .pipe(buildDiffusion)
  .pipe(obtainDiffusion)
  .pipe(compareGuidance)
  .pipe(summarizeGuidance)
  .pipe(drawGuidance)
  .give("summary");
