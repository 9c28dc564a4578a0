/**
 * Images as a diffusion model estimates them from noisy ones.
 * @module
 */
import { mixingAt } from "../../models/diffusion/bound_terms.ts";
import { estimateFrom } from "../../models/diffusion/prediction.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { ImageSplit } from "../images/images.ts";
import type { Denoiser } from "./compile_denoiser.ts";
import type { DiffusionModel } from "./diffusion_model.ts";

/** Estimates and their errors. */
export interface EstimatedImages {
  /** Clipped to [-1, 1], [image, pixel]. */
  readonly images: Float64Array;
  /** Mean squared error of each clipped image. */
  readonly imageErrors: readonly number[];
  /** Mean squared error of the noise in each image, not clipped. */
  readonly noiseErrors: readonly number[];
}

/**
 * Adds noise to images and has them estimated, told their classes.
 *
 * @param model The model.
 * @param denoiser Its network.
 * @param images The images.
 * @param timesteps Of each image.
 * @param key Draws the noise.
 * @returns Estimates and errors.
 */
export async function estimateImages(
  model: DiffusionModel,
  denoiser: Denoiser,
  images: ImageSplit,
  timesteps: ArrayLike<number>,
  key: Key,
): Promise<EstimatedImages> {
  const length = images.rows * images.columns;
  const estimated = new Float64Array(images.count * length);
  const imageErrors: number[] = [];
  const noiseErrors: number[] = [];
  const truth = (at: number) => images.pixels[at]! / 127.5 - 1; // a pixel
  for (let first = 0; first < images.count; first += denoiser.batch) {
    const size = Math.min(denoiser.batch, images.count - first);
    const at = Array.from({ length: size }, (_, i) => timesteps[first + i]!);
    const mixings = at.map((t) => mixingAt(model.schedule, t));
    const noise = normal(fold(key, first), size * length);
    const noisy = Float64Array.from(noise, (z, j) => {
      const { signal, spread } = mixings[Math.floor(j / length)]!; // one for each image
      return signal * truth(first * length + j) + spread * z;
    });
    const classes = images.labels.subarray(first, first + size);
    const output = await denoiser.predict(noisy, at, classes);
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
        const clipped = Math.min(1, Math.max(-1, found.image[j]!));
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
