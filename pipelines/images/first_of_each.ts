/**
 * A small training set with as many images of each class.
 * @module
 */
import type { ImageSplit } from "./images.ts";
import { gather } from "./split.ts";

/**
 * Keeps the first images of each class, ordered by class, then as in the file.
 *
 * @param split The images.
 * @param count How many of each class, such as 1,000.
 * @param classes How many classes there are.
 * @returns The images, [classes * count].
 * @throws {RangeError} If a class has fewer images.
 */
export function firstOfEach(
  split: ImageSplit,
  count: number,
  classes = 10,
): ImageSplit {
  const indices: number[] = [];
  for (let one = 0; one < classes; one++) {
    let found = 0;
    for (let i = 0; i < split.count && found < count; i++) {
      if (split.labels[i] !== one) continue;
      indices.push(i);
      found++;
    }
    if (found < count) {
      throw new RangeError(
        `Expected ${count} images of the class ${one} but found ${found}`,
      );
    }
  }
  return gather(split, indices);
}
