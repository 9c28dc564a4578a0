/**
 * The training of a network that removes noise, whatever it is told.
 * @module
 */
import { adam } from "../../models/optimizers/adam.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { split } from "../core/random/key.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { train, type Values } from "../training/fit.ts";
import { type Decay, learningRateAt } from "../training/learning_rate.ts";
import type { Training } from "../training/training.ts";
import { compileDenoiser } from "./compile_denoiser.ts";
import { compileUpdate } from "./compile_update.ts";
import type { DenoisingItems, DenoisingModel } from "./denoising_model.ts";
import type { DiffusionTraining } from "./diffusion_settings.ts";
import { type ImageError, noiseErrors } from "./noise_error.ts";
import { trainingBatches } from "./training_batches.ts";

/** What to train. */
export interface DenoiserFit {
  /** The model, whose averaged weights are the best of the training at its end. */
  readonly model: DenoisingModel;
  /** To learn from. */
  readonly train: DenoisingItems;
  /** To choose by. */
  readonly held: DenoisingItems;
  /** How the step size falls after the warm-up: not at all unless given. */
  readonly decay?: Decay;
  /** What a reader of the weights needs to know. */
  readonly told?: Readonly<Record<string, string>>;
}

/**
 * Trains a model, and keeps the running average of its weights where the validation error is least.
 *
 * @param fit What to train.
 * @param settings How to train.
 * @param context Of the stage that trains.
 * @returns How it went.
 */
export async function fitDenoiser(
  { model, train: items, held, decay = "constant", told }: DenoiserFit,
  settings: DiffusionTraining,
  context: RunContext,
): Promise<Training> {
  const { updates: steps, batch, recordEvery } = settings;
  const [batchKey, errorKey] = split(context.key, 2);
  const batches = trainingBatches(items, model, settings, batchKey);
  using optimizer = adam(model.trained.variables);
  using update = await compileUpdate(model, optimizer, {
    ...settings,
    stepsPerCall: recordEvery,
  }, context);
  using denoiser = await compileDenoiser(model, batch, context, "changing");
  return await train({
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
            decay,
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
    ...told && { told },
  }, context);
}

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

function named(prefix: string, { trained }: DenoisingModel): Variables {
  return Object.fromEntries(
    Object.entries(trained.variables).map(([name, v]) => [prefix + name, v]),
  );
}

function each(count: number, value: (i: number) => number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => value(i));
}
