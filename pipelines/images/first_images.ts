/**
 * The first images of a split, for measurements that are too long for all.
 * @module
 */
import type { ImageSplit } from "./images.ts";

/**
 * Copies the first images.
 *
 * @param split The images.
 * @param most How many, at most.
 */
export function firstImages(split: ImageSplit, most: number): ImageSplit {
  const count = Math.min(most, split.count);
  const length = split.rows * split.columns;
  return {
    ...split,
    count,
    pixels: split.pixels.slice(0, count * length),
    labels: split.labels.slice(0, count),
  };
}
