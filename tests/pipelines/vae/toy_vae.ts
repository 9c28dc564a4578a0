import type { Owned } from "../../../models/parameters/parameters.ts";
import { createVae, type Vae } from "../../../models/vae.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import type {
  BinaryImages,
  ImageSplit,
} from "../../../pipelines/images/images.ts";

/** Four images of 2 x 2 pixels, whose first pixel is 0, 1, 0 and 1. */
const split: ImageSplit = {
  pixels: Uint8Array.of(0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1),
  labels: Uint8Array.of(0, 1, 2, 3),
  count: 4,
  rows: 2,
  columns: 2,
};

/** Few images, the same in each split. */
export const toyImages: BinaryImages = {
  train: split,
  validation: split,
  test: split,
  binarization: "threshold",
  redraw: () => split,
};

/** Where they are from. */
export const toyDataset: DatasetInfo = {
  name: "toy",
  builtIn: true,
} as DatasetInfo; // no test looks at its origin

/**
 * A VAE of 2 x 2 pixels, one hidden unit a side and two latents, whose weights are zero but for those named.
 *
 * @param weights The values of some parameters, by path.
 */
export function toyVae(
  weights: Readonly<Record<string, readonly number[]>> = {},
): Owned<Vae> {
  return createVae({ pixels: 4, hidden: 1, latent: 2 }, ({ name, shape }) => {
    const size = shape.reduce((size, side) => size * side, 1);
    return Float32Array.from(weights[name] ?? new Float32Array(size));
  });
}
