/**
 * How a translator learns.
 * @module
 */
import { count, real } from "../core/task/fields.ts";
import { type Flags, only, withDefaults } from "../core/task/flags.ts";
import { type Schedule, schedule } from "../training/learning_rate.ts";

/** How to train, as a run's config gives it. */
export interface TranslationTraining extends Omit<Schedule, "steps"> {
  /** Passes over the sentence pairs. */
  readonly epochs: number;
  /** Sentence pairs in a weight update. */
  readonly batch: number;
  /** Compiled sizes: sentences are padded to the nearest. */
  readonly buckets: number;
  /** Probability that a number is left out. */
  readonly dropout: number;
  /** Share of true tokens that the decoder reads while it learns; else its own. */
  readonly forcing: number;
  /** The greatest length of the gradient; 0: any. */
  readonly clip: number;
  /** Weight updates averaged in one record. */
  readonly recordEvery: number;
  /** Validations in an epoch. */
  readonly validations: number;
}

/** Settings of `TranslationTraining`, with their defaults and rules. */
export const translationTraining: Flags<TranslationTraining> = {
  epochs: real(3, "passes over the sentence pairs", { min: 0.01, smoke: 1 }),
  batch: count(64, "sentence pairs in a weight update", { smoke: 20 }),
  buckets: count(5, "compiled sizes, to which sentences are padded", {
    max: 12,
    smoke: 1,
  }),
  ...withDefaults(only(schedule, "learningRate", "warmUp", "decay"), {
    learningRate: 3e-3,
    warmUp: 0,
    decay: "linear",
  }),
  dropout: real(0.2, "probability that a number is left out", {
    min: 0,
    max: 0.95,
  }),
  forcing: real(1, "share of true tokens that the decoder reads in training", {
    min: 0,
    max: 1,
  }),
  clip: real(1, "greatest length of the gradient; 0: any", { min: 0 }),
  recordEvery: count(20, "weight updates averaged in one record", { smoke: 5 }),
  validations: count(2, "validations in an epoch", { smoke: 1 }),
};
