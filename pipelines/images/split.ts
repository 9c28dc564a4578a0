/**
 * Training, validation and test images.
 * @module
 */
import type { GreyImages, ImageSplit } from "./images.ts";

/**
 * Sets the last sixth of the training file aside for validation: 10,000 of MNIST's 60,000.
 *
 * @param training The training file.
 * @param test The test file.
 * @returns The three splits.
 * @throws {RangeError} If there are fewer than six training images, or no test image.
 */
export function splitImages(
  training: ImageSplit,
  test: ImageSplit,
): GreyImages {
  if (training.count < 6) {
    throw new RangeError(
      `Expected at least 6 training images but found ${training.count}`,
    );
  }
  if (test.count < 1) {
    throw new RangeError(`Expected at least 1 test image but found 0`);
  }
  const validation = Math.floor(training.count / 6);
  const train = training.count - validation;
  return {
    train: slice(training, 0, train),
    validation: slice(training, train, training.count),
    test,
  };
}

/**
 * Keeps the first images of a split, for small runs.
 *
 * @param split The images.
 * @param count How many to keep; all where there are fewer.
 * @returns A view of the first `count` images.
 * @throws {RangeError} If `count` is not a positive whole number.
 */
export function take(split: ImageSplit, count: number): ImageSplit {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `Expected count to be a positive whole number but found ${count}`,
    );
  }
  return slice(split, 0, Math.min(count, split.count));
}

/**
 * Keeps the first images of a split, as a flag says it.
 *
 * @param count How many to keep; 0 for all.
 * @param split The images.
 * @returns A view of the images.
 */
export function atMost(count: number, split: ImageSplit): ImageSplit {
  return count === 0 ? split : take(split, count);
}

/**
 * Gathers images by index.
 *
 * @param split The images.
 * @param indices Which ones, in order.
 * @returns Copies of the images and labels.
 * @throws {RangeError} If an index has no image.
 */
export function gather(
  split: ImageSplit,
  indices: ArrayLike<number>,
): ImageSplit {
  const size = split.rows * split.columns;
  const pixels = new Uint8Array(indices.length * size);
  const labels = split.labels instanceof Uint16Array
    ? new Uint16Array(indices.length)
    : new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    const label = split.labels[index];
    if (label === undefined) {
      throw new RangeError(
        `Expected an index below ${split.count} but found ${index}`,
      );
    }
    labels[i] = label;
    pixels.set(
      split.pixels.subarray(index * size, (index + 1) * size),
      i * size,
    );
  }
  return { ...split, pixels, labels, count: indices.length };
}

/** A view of the images from `start` up to `end`. */
function slice(split: ImageSplit, start: number, end: number): ImageSplit {
  const size = split.rows * split.columns;
  return {
    ...split,
    pixels: split.pixels.subarray(start * size, end * size),
    labels: split.labels.subarray(start, end),
    count: end - start,
  };
}
