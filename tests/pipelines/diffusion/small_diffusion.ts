import { pipeline } from "../../../pipelines/core/pipeline.ts";
import type { Stage } from "../../../pipelines/core/stage.ts";
import type { DiffusionSizes } from "../../../pipelines/diffusion/diffusion_model.ts";
import type { DiffusionTraining } from "../../../pipelines/diffusion/diffusion_settings.ts";
import {
  buildDiffusion,
  trainDiffusion,
} from "../../../pipelines/diffusion/train_diffusion.ts";
import type {
  GreyImages,
  ImageSplit,
} from "../../../pipelines/images/images.ts";
import type { Training } from "../../../pipelines/training/training.ts";

/** A training of a few seconds. */
export const smallTraining: DiffusionTraining & DiffusionSizes = {
  channels: 8,
  timesteps: 100,
  schedule: "cosine",
  prediction: "velocity",
  updates: 8,
  batch: 4,
  learningRate: 2e-3,
  warmUp: 3,
  clipNorm: 1,
  averageDecay: 0.9,
  labelDrop: 0.2,
  weighting: "min-snr",
  recordEvery: 2,
  validateEvery: 4,
  errorImages: 8,
};

/** Images of 8 x 8 pixels with a bar whose place is the class. */
export function bars(count: number): ImageSplit {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const pixels = new Uint8Array(count * 64);
  labels.forEach((label, i) => {
    pixels.fill(200, i * 64 + (label % 8) * 8, i * 64 + (label % 8) * 8 + 8);
  });
  return { pixels, labels, count, rows: 8, columns: 8 };
}

/** Training, validation and test images alike. */
export const smallImages: GreyImages = {
  train: bars(20),
  validation: bars(10),
  test: bars(10),
};

/** Builds and trains. */
export const smallExperiment: Stage<
  typeof smallTraining & { readonly grey: GreyImages },
  { readonly training: Training }
> = pipeline<typeof smallTraining & { readonly grey: GreyImages }>("small")
  .pipe(buildDiffusion)
  .pipe(trainDiffusion)
  .give("training");
