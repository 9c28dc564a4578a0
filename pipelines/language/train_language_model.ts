/**
 * The stage that trains a model of sequences.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type {
  OwnedSequenceModel,
  SequenceModel,
} from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import type { Training } from "../training/training.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { lossMeter } from "./measure_loss.ts";
import { textLosses } from "../text/text_losses.ts";
import {
  chooseOptimizer,
  type OptimizerChoice,
  optimizerChoice,
} from "../training/choose_optimizer.ts";
import { train, type Values } from "../training/fit.ts";
import {
  learningRateAt,
  type Schedule,
  schedule,
} from "../training/learning_rate.ts";
import { sequenceStep, type StepMeasurements } from "./sequence_step.ts";
import { textBatches } from "../text/text_batches.ts";
import { count, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** How to train, as a run's config gives it. */
export interface LanguageTraining extends Schedule, OptimizerChoice {
  /** Windows of text in a weight update. */
  readonly batch: number;
  /** The greatest length of the gradient; 0: any. */
  readonly clip: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Weight updates between two validations. */
  readonly validateEvery: number;
  /** The most windows of validation and of test; 0: all. */
  readonly measureWindows: number;
}

/** Settings of `LanguageTraining`, with their defaults and rules. */
export const languageTraining: Flags<LanguageTraining> = {
  batch: count(16, "windows of text in a weight update", { smoke: 8 }),
  ...schedule,
  ...optimizerChoice,
  clip: real(0, "greatest length of the gradient; 0: any", { min: 0 }),
  recordEvery: count(10, "weight updates averaged in one record", { smoke: 5 }),
  validateEvery: count(100, "weight updates between two validations", {
    smoke: 20,
  }),
  measureWindows: count(0, "most windows of validation and of test; 0: all", {
    min: 0,
    smoke: 100,
  }),
};

/** Trains on windows from anywhere in the text, and restores the weights with the least validation loss. */
export const trainLanguageModel: Stage<
  Partial<LanguageTraining> & {
    readonly model: OwnedSequenceModel;
    readonly text: CharacterText;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["model", "text"],
  settings: languageTraining,
  cached: true,
  adds: { training: "records, and the best weight update" },
}, async ({ model, text, ...config }, context) => {
  const { batch, steps, recordEvery } = config;
  const batches = textBatches(text.train, { ...model, batch }, context.key);
  using optimizer = chooseOptimizer(model.variables, config);
  const options = { ...config, stepsPerCall: Math.min(recordEvery, steps) };
  using step = await sequenceStep(model, optimizer, options, context);
  using meter = await lossMeter(model, context);
  const training = await train({
    steps,
    stepsPerEpoch: batches.perEpoch,
    recordEvery,
    items: { perStep: batch * model.context, unit: "characters" },
    weights: model.variables,
    slots: optimizer.slots,
    sync: step.sync,
    update: async (first, count) => {
      const rates = Float32Array.from(
        { length: count },
        (_, i) => learningRateAt(first + i, config),
      );
      const measured = await step.run(batches.at(first, count), rates);
      return { ...valuesOf(measured, model), learningRate: rates.at(-1)! }; // at least one
    },
    validateEvery: config.validateEvery,
    validate: async () => {
      const { validation } = text;
      const { all } = await meter.measure(validation, config.measureWindows);
      return named("validation", { ...textLosses(all.mean) });
    },
    best: "validation/loss",
    bestIs: "lowest",
    shown: ["train/loss"],
    patience: 0,
    snapshotSteps: [],
    told: { vocabulary: JSON.stringify(model.vocabulary) },
  }, context);
  return { training };
});

/** Means over the updates of one call, named for the record. */
function valuesOf(
  measured: StepMeasurements,
  { places }: SequenceModel,
): Values {
  const { loss, norm, activationGradient, weightGradient } = measured;
  const { length } = places;
  const activations = places.map(({ name }, i) =>
    [name, meanOf(measured.activation, i, length)] as const
  );
  const gradients = places.flatMap(({ name }, i) => [
    [`${name}/activation`, meanOf(activationGradient, i, length)] as const,
    [`${name}/weights`, meanOf(weightGradient, i, length)] as const,
  ]);
  return {
    "train/loss": meanAndError(loss).mean,
    ...named("activation", Object.fromEntries(activations)),
    ...named("gradient", {
      all: meanAndError(norm).mean,
      largest: norm.reduce((most, one) => Math.max(most, one), 0),
      ...Object.fromEntries(gradients),
    }),
  };
}

/** The mean of every `stride`-th number from `first` on. */
function meanOf(values: Float32Array, first: number, stride: number): number {
  return meanAndError(values.filter((_, i) => i % stride === first)).mean;
}

function named(prefix: string, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}/${name}`, value]),
  );
}
