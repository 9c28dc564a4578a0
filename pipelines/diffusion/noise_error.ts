/**
 * The error of a diffusion model on fixed images, timesteps and noise.
 * @module
 */
import type { Key } from "../core/random/key.ts";
import type { Denoiser } from "./compile_denoiser.ts";
import type { DenoisingItems, DenoisingModel } from "./denoising_model.ts";
import { estimateImages } from "./estimate_images.ts";

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
  model: DenoisingModel,
  denoiser: Denoiser,
  images: DenoisingItems,
  key: Key,
): Promise<readonly ImageError[]> {
  const timesteps = model.schedule.alphaBars.length;
  const at = Array.from(
    { length: images.count },
    (_, i) => Math.floor((i + 0.5) / images.count * timesteps),
  );
  const found = await estimateImages(model, denoiser, images, at, key);
  return found.noiseErrors.map((noise, i) => ({ timestep: at[i]!, noise })); // one for each image
}
