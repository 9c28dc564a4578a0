/**
 * The training of a model of images with latents, whatever it maximizes.
 * @module
 */
import type { RunContext } from "../core/context.ts";
import type { ImageSplit } from "./images.ts";
import type { Training } from "../training/training.ts";
import {
  compileUpdate,
  type ModelUpdate,
  type UpdateMeans,
} from "./compile_update.ts";
import { type Hooks, train, type Values } from "../training/fit.ts";
import { count, list, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** How long to train and what to keep, as a run's config gives it. */
export interface TrainingLength {
  /** Images of one weight update. */
  readonly batch: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Weight updates between two validations; 0 validates after each epoch. */
  readonly validateEvery: number;
  /** Validations without a better value before training stops; 0 never stops early. */
  readonly patience: number;
  /** Epochs after which the weights are kept for pictures. */
  readonly snapshots: readonly number[];
}

/** Settings of `TrainingLength`, with their defaults and rules. */
export const trainingLength: Flags<TrainingLength> = {
  batch: count(128, "images in a weight update", { smoke: 100 }),
  validateEvery: count(
    0,
    "weight updates between two validations; 0: an epoch",
    { min: 0 },
  ),
  patience: count(
    10,
    "validations without a better ELBO before training stops; 0: never",
    { min: 0 },
  ),
  recordEvery: count(10, "weight updates averaged in one record"),
  snapshots: list(
    [0, 1],
    real(0, "epochs after which samples are drawn", { min: 0 }),
    { smoke: [0, 1] },
  ),
};

/** A training of a model of images. */
export interface ModelFit<Name extends string>
  extends TrainingLength, ModelUpdate<Name> {
  /** Passes over the training images, at most. */
  readonly epochs: number;
  /** Names the means of one record. */
  readonly record: (means: UpdateMeans<Name>) => Values;
  /** Measures on the validation images. */
  readonly validate: () => Promise<Values>;
  /** The value of a validation to maximize. */
  readonly best: string;
  /** What a reader of the weights needs to know, as `toldOf` says it. */
  readonly told?: Readonly<Record<string, string>>;
  /** What the training tells while it runs. */
  readonly hooks?: Hooks;
}

/**
 * What a reader of a model's weights needs to know of the images.
 *
 * @param images Any of them.
 * @returns Rows and columns, as text.
 */
export function toldOf(
  { rows, columns }: ImageSplit,
): Readonly<Record<string, string>> {
  return { rows: String(rows), columns: String(columns) };
}

/**
 * Compiles the weight update and trains.
 *
 * @param fit What to train, and how.
 * @param context Of the stage that trains.
 * @returns How it went; the variables hold the weights of the best validation.
 */
export async function fitModel<Name extends string>(
  fit: ModelFit<Name>,
  context: RunContext,
): Promise<Training> {
  using update = await compileUpdate(fit, fit.recordEvery, context);
  const { stepsPerEpoch } = update;
  return await train({
    steps: fit.epochs * stepsPerEpoch,
    stepsPerEpoch,
    recordEvery: fit.recordEvery,
    items: { perStep: fit.batch, unit: "images" },
    weights: fit.variables,
    slots: fit.optimizer.slots,
    sync: update.sync,
    update: async (first, count) => fit.record(await update.run(first, count)),
    validateEvery: fit.validateEvery || stepsPerEpoch,
    validate: fit.validate,
    best: fit.best,
    ...fit.told && { told: fit.told },
    ...fit.hooks && { hooks: fit.hooks },
    patience: fit.patience,
    snapshotSteps: fit.snapshots.map((at) => Math.round(at * stepsPerEpoch)),
  }, context);
}
