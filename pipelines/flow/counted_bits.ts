/**
 * What counting grey levels reaches: bounds below which a density model must get.
 * @module
 */
import type { ImageSplit } from "../images/images.ts";

/** Mean -log2 P of a pixel of the test images. */
export interface CountedBits {
  /** P counts how often a grey level occurs. */
  readonly everywhere: number;
  /** P counts how often it occurs in this place. */
  readonly byPlace: number;
}

/** Grey levels. */
const LEVELS = 256;

/**
 * Counts grey levels in training images, one more of each, and measures them on test images.
 *
 * Source: Laplace's rule of succession.
 */
export function countedBits(train: ImageSplit, test: ImageSplit): CountedBits {
  const places = train.rows * train.columns;
  const everywhere = new Float64Array(LEVELS).fill(1);
  const byPlace = new Float64Array(places * LEVELS).fill(1);
  for (let i = 0; i < train.count * places; i++) {
    const level = train.pixels[i]!; // as many as there are
    everywhere[level]! += 1;
    byPlace[i % places * LEVELS + level]! += 1;
  }
  const total = train.count * places + LEVELS;
  const ofPlace = train.count + LEVELS;
  let bitsEverywhere = 0;
  let bitsByPlace = 0;
  for (let i = 0; i < test.count * places; i++) {
    const level = test.pixels[i]!; // as above
    bitsEverywhere -= Math.log2(everywhere[level]! / total);
    bitsByPlace -= Math.log2(byPlace[i % places * LEVELS + level]! / ofPlace);
  }
  const numbers = test.count * places;
  return {
    everywhere: bitsEverywhere / numbers,
    byPlace: bitsByPlace / numbers,
  };
}
