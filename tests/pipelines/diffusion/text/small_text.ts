import type { TextLearning } from "../../../../pipelines/diffusion/text/learn_text.ts";
import type { TextToImageConfig } from "../../../../pipelines/diffusion/text/text_to_image.ts";

/** A training of a few seconds. */
export const smallLearning: TextLearning = {
  data: "digits",
  trainImages: 200,
  testImages: 100,
  scenes: 64,
  readerScenes: 64,
  heldScenes: 10,
  readerUpdates: 2,
  autoencoderEpochs: 1,
  updates: 4,
  batch: 4,
  learningRate: 2e-3,
  warmUp: 2,
  clipNorm: 1,
  averageDecay: 0.9,
  decay: "linear",
  labelDrop: 0.2,
  weighting: "simple",
  recordEvery: 1,
  validateEvery: 2,
  errorImages: 8,
};

/** A run with all its pictures, of a few seconds more. */
export const smallRun: TextToImageConfig = {
  ...smallLearning,
  prompt: "a thick red three left of a seven on a blue ground",
  negative: "a green ground",
  negativePart: 0.5,
  sampler: "euler-ancestral",
  steps: 2,
  guidance: 2,
  images: 2,
  modelFolder: "none",
  measure: "auto",
  prompts: 2,
  negativeSeeds: 2,
  negativeGuidances: [1.5],
  negativeParts: [0.5],
  samplers: ["ddim"],
  stepCounts: [2],
};
