/**
 * Images that stand for a whole split, for measurements that are too long for all.
 * @module
 */
import type { ImageSplit } from "./images.ts";
import { gather } from "./split.ts";

/**
 * Copies images at equal distances from the first on.
 *
 * They stand for a split whose order means something: the first half of MNIST's test images is easier to read than the
 * second.
 *
 * @param split The images.
 * @param most How many, at most.
 */
export function spacedImages(split: ImageSplit, most: number): ImageSplit {
  const count = Math.min(most, split.count);
  return gather(
    split,
    Array.from(
      { length: count },
      (_, i) => Math.floor(i * split.count / count),
    ),
  );
}
