/**
 * A small training set with as many images of each digit.
 * @module
 */
import type { ImageSplit } from "./images.ts";
import { gather } from "./split.ts";

/**
 * Keeps the first images of each digit, ordered by digit, then as in the file.
 *
 * @param split The images.
 * @param count How many of each digit, such as 1,000.
 * @returns The images, [10 * count].
 * @throws {RangeError} If a digit has fewer images.
 */
export function firstOfEach(split: ImageSplit, count: number): ImageSplit {
  const indices: number[] = [];
  for (let digit = 0; digit < 10; digit++) {
    let found = 0;
    for (let i = 0; i < split.count && found < count; i++) {
      if (split.labels[i] !== digit) continue;
      indices.push(i);
      found++;
    }
    if (found < count) {
      throw new RangeError(
        `Expected ${count} images of the digit ${digit} but found ${found}`,
      );
    }
  }
  return gather(split, indices);
}
