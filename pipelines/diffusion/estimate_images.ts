/**
 * Images as a diffusion model estimates them from noisy ones.
 * @module
 */
import { mixingAt } from "../../models/diffusion/bound_terms.ts";
import { estimateFrom } from "../../models/diffusion/prediction.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { Denoiser } from "./compile_denoiser.ts";
import {
  type DenoisingItems,
  type DenoisingModel,
  rowsOf,
  valueAt,
} from "./denoising_model.ts";

/** Estimates and their errors. */
export interface EstimatedImages {
  /** Estimates, those of pixels clipped to [-1, 1], [image, pixel]. */
  readonly images: Float64Array;
  /** Mean squared error of each estimate. */
  readonly imageErrors: readonly number[];
  /** Mean squared error of the noise in each image, not clipped. */
  readonly noiseErrors: readonly number[];
}

/**
 * Adds noise to images and has them estimated, told what they are.
 *
 * @param model The model.
 * @param denoiser Its network.
 * @param images The images.
 * @param timesteps Of each image.
 * @param key Draws the noise.
 * @returns Estimates and errors.
 */
export async function estimateImages(
  model: DenoisingModel,
  denoiser: Denoiser,
  images: DenoisingItems,
  timesteps: ArrayLike<number>,
  key: Key,
): Promise<EstimatedImages> {
  const { length, conditionWidth } = model;
  const isBytes = model.values === "bytes";
  const estimated = new Float64Array(images.count * length);
  const imageErrors: number[] = [];
  const noiseErrors: number[] = [];
  const truth = (at: number) => valueAt(images, model.values, at);
  for (let first = 0; first < images.count; first += denoiser.batch) {
    const size = Math.min(denoiser.batch, images.count - first);
    const at = Array.from({ length: size }, (_, i) => timesteps[first + i]!);
    const mixings = at.map((t) => mixingAt(model.schedule, t));
    const noise = normal(fold(key, first), size * length);
    const noisy = Float64Array.from(noise, (z, j) => {
      const { signal, spread } = mixings[Math.floor(j / length)]!; // one for each image
      return signal * truth(first * length + j) + spread * z;
    });
    const told = rowsOf(images.conditions, conditionWidth, first, size);
    const output = await denoiser.predict(noisy, at, told);
    mixings.forEach((mixing, i) => {
      const part = [i * length, (i + 1) * length] as const;
      const found = estimateFrom(
        model.prediction,
        output.subarray(...part),
        noisy.subarray(...part),
        mixing,
      );
      let imageSquares = 0;
      let noiseSquares = 0;
      for (let j = 0; j < length; j++) {
        const place = (first + i) * length + j;
        const clipped = isBytes
          ? Math.min(1, Math.max(-1, found.image[j]!))
          : found.image[j]!; // as long as the truth
        estimated[place] = clipped;
        imageSquares += (clipped - truth(place)) ** 2;
        noiseSquares += (found.noise[j]! - noise[i * length + j]!) ** 2;
      }
      imageErrors.push(imageSquares / length);
      noiseErrors.push(noiseSquares / length);
    });
  }
  return { images: estimated, imageErrors, noiseErrors };
}
