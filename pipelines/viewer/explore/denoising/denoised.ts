/**
 * What the page of denoising shows.
 * @module
 */

/** A moment on the way from noise to an image. */
export interface DenoisingMoment {
  /** What the network is told, which may be fractional. */
  readonly timestep: number;
  /** Factor of the clean image in the noisy one. */
  readonly signal: number;
  /** Standard deviation of the noise in it. */
  readonly spread: number;
  /** The noisy images, 0 (paper) to 255 (ink), what lies beyond clipped, [image, pixel]. */
  readonly noisy: Uint8Array;
  /** The clean images that the network predicts from them, likewise. */
  readonly predicted: Uint8Array;
}

/** Everything that the page shows. */
export interface Denoised {
  /** What is explored. */
  readonly title: string;
  /** A line below the title: the sampler, its steps and the seed. */
  readonly about: string;
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
  /** The name of each class. */
  readonly classes: readonly string[];
  /** Images of each class; image i is of class i modulo the number of classes. */
  readonly each: number;
  /** From pure noise to the end, at which noisy and predicted images are the same. */
  readonly moments: readonly DenoisingMoment[];
}
