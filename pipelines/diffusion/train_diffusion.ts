/**
 * The stages that build and train a diffusion model.
 * @module
 */
import { toldOf } from "../images/fit_model.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import { split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { namesOf } from "../core/task/flags.ts";
import { firstImages } from "../images/first_images.ts";
import type { GreyImages } from "../images/images.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { train, type Values } from "../training/fit.ts";
import { learningRateAt } from "../training/learning_rate.ts";
import type { Training } from "../training/training.ts";
import { compileDenoiser } from "./compile_denoiser.ts";
import { compileUpdate } from "./compile_update.ts";
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
import { type ImageError, noiseErrors } from "./noise_error.ts";
import { trainingBatches } from "./training_batches.ts";

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
  adds: { training: "records, and the best weight update" },
}, async ({ grey, model, ...settings }, context) => {
  const { updates: steps, batch, recordEvery, errorImages } = settings;
  const [batchKey, errorKey] = split(context.key, 2);
  const batches = trainingBatches(grey.train, model, settings, batchKey);
  const held = firstImages(grey.validation, errorImages);
  using optimizer = adam(model.trained.variables);
  using update = await compileUpdate(model, optimizer, {
    ...settings,
    stepsPerCall: recordEvery,
  }, context);
  using denoiser = await compileDenoiser(model, batch, context);
  return {
    training: await train({
      steps,
      stepsPerEpoch: batches.perEpoch,
      recordEvery,
      items: { perStep: batch, unit: "images" },
      weights: model.averaged.variables,
      slots: { ...named("trained/", model), ...optimizer.slots },
      sync: update.sync,
      update: async (first, count) => {
        const { loss, norm } = await update.run(batches.at(first, count), {
          learningRate: each(count, (i) =>
            learningRateAt(first + i, {
              ...settings,
              steps,
              decay: "constant",
            })),
          decay: each(count, (i) => decayAt(first + i, settings)),
        });
        return {
          "train/loss": meanAndError(loss).mean,
          "train/gradientNorm": meanAndError(norm).mean,
        };
      },
      validateEvery: settings.validateEvery,
      validate: async () => {
        const errors = await noiseErrors(model, denoiser, held, errorKey);
        return errorValues("validation", errors);
      },
      best: "validation/noiseError",
      bestIs: "lowest",
      shown: ["train/loss", "validation/noiseError"],
      patience: 0,
      snapshotSteps: snapshotSteps(steps),
      told: toldOf(held),
    }, context),
  };
});

/** Moments at which the weights are kept for pictures: the start, then 1/16, 1/4 and all of the training. */
function snapshotSteps(steps: number): readonly number[] {
  return [...new Set([1 / 16, 1 / 4, 1].map((p) => Math.ceil(p * steps)))];
}

/** Part of the average that update n, 0 for the first, keeps: low at first, so that the start is soon forgotten. */
function decayAt(
  step: number,
  { averageDecay }: Pick<DiffusionTraining, "averageDecay">,
): number {
  const done = step + 1;
  return Math.min(averageDecay, (1 + done) / (10 + done));
}

/** Mean error of the noise over all images, and over each quarter of the timesteps. */
export function errorValues(
  name: string,
  errors: readonly ImageError[],
): Values {
  const all = errors.map(({ noise }) => noise);
  const mean = (values: readonly number[]) => meanAndError(values).mean;
  const quarter = (i: number) =>
    mean(all.slice(
      Math.floor(i * all.length / 4),
      Math.max(
        Math.floor((i + 1) * all.length / 4),
        Math.floor(i * all.length / 4) + 1,
      ),
    ));
  return {
    [`${name}/noiseError`]: mean(all),
    [`${name}/noiseErrorFirstQuarter`]: quarter(0),
    [`${name}/noiseErrorSecondQuarter`]: quarter(1),
    [`${name}/noiseErrorThirdQuarter`]: quarter(2),
    [`${name}/noiseErrorLastQuarter`]: quarter(3),
  };
}

function named(prefix: string, { trained }: DiffusionModel): Variables {
  return Object.fromEntries(
    Object.entries(trained.variables).map(([name, v]) => [prefix + name, v]),
  );
}

function each(count: number, value: (i: number) => number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => value(i));
}
