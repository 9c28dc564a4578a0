/**
 * Which samples of which images are weighed together, and their noise.
 * @module
 */
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { ImageBlock } from "../images/image_blocks.ts";

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

/** Samples of a block of images that are weighed in one call. */
export interface WeighedChunk {
  readonly block: ImageBlock;
  /** Samples of its images that were drawn before. */
  readonly drawn: number;
}

/**
 * Lists the calls that weigh all samples of all blocks.
 *
 * @param blocks The images.
 * @param options Images from the first that are left out, samples of an image in all, and in a call.
 * @returns Block by block, all samples of each.
 */
export function* weighedChunks(
  blocks: Iterable<ImageBlock>,
  { begun = 0, total, samples }: {
    readonly begun?: number;
    readonly total: number;
    readonly samples: number;
  },
): Generator<WeighedChunk> {
  for (const block of blocks) {
    if (block.first < begun) continue;
    for (let drawn = 0; drawn < total; drawn += samples) yield { block, drawn };
  }
}
