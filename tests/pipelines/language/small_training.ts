import type { LanguageTraining } from "../../../pipelines/language/train_language_model.ts";

/** A training of a second. */
export const smallTraining: LanguageTraining = {
  batch: 8,
  steps: 60,
  learningRate: 0.02,
  warmUp: 10,
  decay: "cosine",
  optimizer: "adam",
  beta2: 0.98,
  weightDecay: 0.1,
  clip: 1,
  recordEvery: 4,
  validateEvery: 10,
  measureWindows: 0,
};
