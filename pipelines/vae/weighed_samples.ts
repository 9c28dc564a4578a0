/**
 * Which samples of which images are weighed together, and their noise.
 * @module
 */
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";

/** Samples in a call: fewer cost calls, more leave the cache. */
const CALL = 1000;

/** What a call weighs. */
export interface CallSizes {
  /** Images side by side. */
  readonly images: number;
  /** Samples of each of them. */
  readonly samples: number;
}

/**
 * A call weighs one image, so that its encoder runs once for many samples, or several of which each has few.
 *
 * @param images How many images there are.
 * @param samples How many samples each of them has in all.
 * @returns What a call weighs.
 */
export function callSizes(images: number, samples: number): CallSizes {
  const together = Math.min(samples, CALL);
  const side = Math.min(images, Math.floor(CALL / together));
  return { images: side, samples: together };
}

/**
 * Makes the noise of each call; an image has its own, whatever is weighed beside it.
 *
 * @param key Draws it.
 * @param sizes What a call weighs.
 * @param latent Length of a latent vector.
 * @returns From the position of the first image and the samples drawn before, [sample, image, latent]; an array of its
 *     own at each call.
 */
export function sampleNoise(
  key: Key,
  { images, samples }: CallSizes,
  latent: number,
): (first: number, drawn: number) => Float32Array {
  return (first, drawn) => {
    const own = new Float32Array(samples * latent); // of one image
    const all = images === 1 ? own : new Float32Array(images * own.length);
    for (let image = 0; image < images; image++) {
      normal(fold(key, first + image), own.length, own, drawn * latent); // even, or 0 where all are drawn at once
      if (images === 1) break;
      for (let sample = 0; sample < samples; sample++) {
        const latents = own.subarray(sample * latent, (sample + 1) * latent);
        all.set(latents, (sample * images + image) * latent);
      }
    }
    return all;
  };
}
