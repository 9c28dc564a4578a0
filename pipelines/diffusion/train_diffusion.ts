/**
 * The stages that build and train a diffusion model.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import { namesOf } from "../core/task/flags.ts";
import { toldOf } from "../images/fit_model.ts";
import { firstImages } from "../images/first_images.ts";
import { imageClasses } from "../images/image_classes.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import { itemsOf } from "./denoising_model.ts";
import {
  type DiffusionModel,
  diffusionModel,
  type DiffusionSizes,
} from "./diffusion_model.ts";
import {
  diffusionSizes,
  type DiffusionTraining,
  diffusionTraining,
} from "./diffusion_settings.ts";
import { fitDenoiser } from "./fit_denoiser.ts";

/** Part of the variance at the last timestep that may be signal without a warning. */
const MOST_SIGNAL = 0.01;

/** Makes the model. */
export const buildDiffusion: Stage<
  DiffusionSizes & { readonly grey: GreyImages },
  { readonly model: DiffusionModel }
> = stage("build", {
  needs: ["grey", ...namesOf(diffusionSizes)],
  adds: { model: "a class-conditional U-Net with its noise schedule" },
}, async ({ grey, ...sizes }, { key, progress }) => {
  const { rows, columns } = grey.train;
  if (rows !== columns) {
    throw new RangeError(
      `Expected square images but found ${rows} x ${columns} pixels`,
    );
  }
  const model = await diffusionModel(sizes, rows, key);
  const left = model.schedule.alphaBars.at(-1)!; // at least two timesteps
  if (left > MOST_SIGNAL) {
    progress.warn(
      `${
        (100 * left).toFixed(0)
      } % of the variance at the last timestep are still signal, but samples begin without: take more timesteps, or the cosine schedule`,
    );
  }
  return { model };
});

/** Trains the model, and keeps the running average of its weights where the validation error is least. */
export const trainDiffusion: Stage<
  DiffusionTraining & {
    readonly grey: GreyImages;
    readonly model: DiffusionModel;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["grey", "model", ...namesOf(diffusionTraining)],
  cached: true,
  adds: { training: "records, and the best weight update" },
}, async ({ grey, model, ...settings }, context) => ({
  training: await fitDenoiser(
    {
      model,
      train: itemsOf(grey.train),
      held: itemsOf(firstImages(grey.validation, settings.errorImages)),
      told: {
        ...toldOf(grey.train),
        classes: String(imageClasses(grey).names.length),
      },
    },
    settings,
    context,
  ),
}));
