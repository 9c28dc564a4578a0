import { keyFrom } from "../../../pipelines/core/random/key.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";

/** A few built-in digits. */
export const smallImages: GreyImages = {
  train: drawDigits(keyFrom(1), 60),
  validation: drawDigits(keyFrom(2), 10),
  test: drawDigits(keyFrom(3), 40),
};

/** Where they are from. */
export const smallDataset: DatasetInfo = {
  name: "digits",
  builtIn: true,
} as DatasetInfo; // no test looks at its origin

/** Players and a training that take a second. */
export const smallGan = {
  latent: 4,
  generatorHidden: [8, 8],
  discriminatorHidden: [8],
  epochs: 3,
  batch: 20,
  samples: 100,
  snapshots: [0, 1],
  recordEvery: 2,
} as const;
