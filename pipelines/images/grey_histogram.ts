/**
 * How well pixels are predicted by counting: yardsticks for likelihoods of grey images.
 * @module
 */
import type { ImageSplit } from "./images.ts";

/** Mean code lengths of pixels in bits, by what is counted. */
export interface HistogramBits {
  /** All pixels alike. */
  readonly global: number;
  /** Each place by itself. */
  readonly perPixel: number;
  /** Given the left and the upper neighbour, each in nine classes. */
  readonly neighbours: number;
}

const LEVELS = 256;

/** Classes of a neighbour: 0, then eight ranges of 32 grey levels. */
const CLASSES = 9;

/** Added to each count, one in all, so that no level is impossible. */
const PRIOR = 1 / LEVELS;

/**
 * Counts grey levels in training images, and measures what coding test images takes.
 *
 * @param train To count in.
 * @param test To code, of the same size.
 * @returns Bits for each pixel.
 * @throws {RangeError} If there is no test image.
 */
export function histogramBits(
  train: ImageSplit,
  test: ImageSplit,
): HistogramBits {
  if (test.count === 0) throw new RangeError("Expected at least one image");
  const { rows, columns } = train;
  const length = rows * columns;
  return {
    global: bits(train, test, 1, () => 0),
    perPixel: bits(train, test, length, (_, at) => at % length),
    neighbours: bits(train, test, CLASSES ** 2, ({ pixels }, at) => {
      const left = at % columns === 0 ? 0 : pixels[at - 1]!;
      const upper = at % length < columns ? 0 : pixels[at - columns]!;
      return classOf(left) * CLASSES + classOf(upper);
    }),
  };
}

function classOf(level: number): number {
  return level === 0 ? 0 : 1 + Math.floor(level / 32);
}

function bits(
  train: ImageSplit,
  test: ImageSplit,
  contexts: number,
  contextOf: (split: ImageSplit, at: number) => number,
): number {
  const counts = new Float64Array(contexts * LEVELS).fill(PRIOR);
  const totals = new Float64Array(contexts).fill(1);
  for (let at = 0; at < train.pixels.length; at++) {
    const context = contextOf(train, at);
    counts[context * LEVELS + train.pixels[at]!]!++;
    totals[context]!++;
  }
  let sum = 0;
  for (let at = 0; at < test.pixels.length; at++) {
    const context = contextOf(test, at);
    const part = counts[context * LEVELS + test.pixels[at]!]! /
      totals[context]!;
    sum -= Math.log2(part);
  }
  return sum / test.pixels.length;
}
