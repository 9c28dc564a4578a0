/**
 * The error of a diffusion model on fixed images, timesteps and noise.
 * @module
 */
import { estimateFrom } from "../../models/diffusion/prediction.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { ImageSplit } from "../images/images.ts";
import type { Denoiser } from "./compile_denoiser.ts";
import type { DiffusionModel } from "./diffusion_model.ts";

/** The error of one image at one timestep. */
export interface ImageError {
  /** Where it was measured. */
  readonly timestep: number;
  /** Mean over pixels of the squared error of the noise. */
  readonly noise: number;
}

/**
 * Measures the squared error of the noise at timesteps spread evenly over the chain: image i of n at floor((i + 1/2) / n
 * T). What the model predicts is converted to noise.
 *
 * @param model The model.
 * @param denoiser Its network.
 * @param images At most as many as are to be measured.
 * @param key Draws the noise.
 * @returns An error for each image.
 */
export async function noiseErrors(
  { schedule, prediction }: DiffusionModel,
  denoiser: Denoiser,
  images: ImageSplit,
  key: Key,
): Promise<readonly ImageError[]> {
  const { count, rows, columns } = images;
  const length = rows * columns;
  const timesteps = schedule.alphaBars.length;
  const errors: ImageError[] = [];
  for (let first = 0; first < count; first += denoiser.batch) {
    const size = Math.min(denoiser.batch, count - first);
    const times = Array.from(
      { length: size },
      (_, i) => Math.floor((first + i + 0.5) / count * timesteps),
    );
    const noise = normal(fold(key, first), size * length);
    const noisy = Float64Array.from(noise, (z, at) => {
      const alphaBar = schedule.alphaBars[times[Math.floor(at / length)]!]!;
      const pixel = images.pixels[first * length + at]! / 127.5 - 1;
      return Math.sqrt(alphaBar) * pixel + Math.sqrt(1 - alphaBar) * z;
    });
    const classes = images.labels.subarray(first, first + size);
    const output = await denoiser.predict(noisy, times, classes);
    times.forEach((timestep, i) => {
      const part = [i * length, (i + 1) * length] as const;
      const alphaBar = schedule.alphaBars[timestep]!;
      const estimate = estimateFrom(
        prediction,
        output.subarray(...part),
        noisy.subarray(...part),
        { signal: Math.sqrt(alphaBar), spread: Math.sqrt(1 - alphaBar) },
      );
      const squares = estimate.noise.reduce(
        (sum, e, j) => sum + (e - noise[part[0] + j]!) ** 2,
        0,
      );
      errors.push({ timestep, noise: squares / length });
    });
  }
  return errors;
}
