/**
 * A class-conditional diffusion model of digits.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, oneOf, real } from "../../core/task/fields.ts";
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
import { type BoundRequest, measureBits } from "../measure_bits.ts";
import { saveDiffusion } from "../model_file.ts";
import { samplerNames } from "../samplers_by_name.ts";
import { buildDiffusion, trainDiffusion } from "../train_diffusion.ts";
import { drawMnist } from "./draw_mnist.ts";
import { leaveDigits } from "./leave_digits.ts";
import { type DrawingRequest, measureMnist } from "./measure_mnist.ts";
import { summarizeMnist } from "./summarize_mnist.ts";

/** Everything that shapes the experiment. */
export interface DiffusionMnistConfig
  extends
    ImageRequest,
    DiffusionSizes,
    DiffusionTraining,
    BoundRequest,
    DrawingRequest,
    FeatureSource {}

/** Flags of what is drawn and measured. */
export const drawingFlags: Flags<DrawingRequest> = {
  sampler: {
    ...oneOf(samplerNames, "how images are drawn"),
    fallback: "euler-ancestral",
  },
  steps: count(25, "steps of the sampler", { smoke: 5 }),
  guidance: real(1, "how strongly the class guides", { min: 0 }),
  samples: count(500, "images that are drawn and measured", {
    min: 100,
    smoke: 100,
  }),
};

/** Flags of the task. */
export const diffusionMnistFlags: Flags<Omit<DiffusionMnistConfig, "data">> = {
  ...diffusionSizes,
  ...diffusionTraining,
  ...drawingFlags,
  boundImages: count(500, "test images of the bound", { smoke: 50 }),
  boundLevels: count(40, "timesteps of the bound drawn for each image", {
    min: 2,
    smoke: 8,
  }),
  ...featureSource,
  ...diffusionImages,
};

/** From images to the numbers and pictures of a diffusion model. */
export const diffusionMnistExperiment: Stage<
  DiffusionMnistConfig,
  { readonly summary: Summary }
> = pipeline<DiffusionMnistConfig>("diffusion-mnist")
  .pipe(loadMnist)
  .pipe(checkSampler)
  .pipe(buildDiffusion)
  .pipe(trainDiffusion)
  .pipe(saveDiffusion)
  .pipe(measureBits)
  .pipe(measureMnist)
  .pipe(leaveDigits)
  .pipe(summarizeMnist)
  .pipe(drawMnist)
  .give("summary");
