/**
 * The training images nearest to samples.
 * @module
 */

/** The nearest of many images. */
export interface NearestImage {
  /** Index of the image. */
  readonly index: number;
  /** Root mean square difference of grey values, from 0 to 1. */
  readonly distance: number;
}

/**
 * Finds the nearest image to each query, pixel by pixel.
 *
 * @param queries Bytes, [query, pixel].
 * @param images Bytes, [image, pixel]; at least one.
 * @param pixels Of an image.
 * @returns The nearest image to each query, the first of several.
 */
export function nearestImages(
  queries: Uint8Array,
  images: Uint8Array,
  pixels: number,
): readonly NearestImage[] {
  const count = images.length / pixels;
  return Array.from({ length: queries.length / pixels }, (_, query) => {
    let index = 0;
    let least = Infinity;
    for (let i = 0; i < count; i++) {
      const squares = squaredDistance(queries, query, images, i, pixels, least);
      if (squares < least) [least, index] = [squares, i];
    }
    return { index, distance: Math.sqrt(least / pixels) / 255 };
  });
}

/** Ends early where the sum is no longer the least. */
function squaredDistance(
  a: Uint8Array,
  i: number,
  b: Uint8Array,
  j: number,
  pixels: number,
  least: number,
): number {
  let sum = 0;
  for (let from = 0; from < pixels && sum < least; from += 56) {
    const end = Math.min(pixels, from + 56);
    for (let k = from; k < end; k++) {
      const difference = a[i * pixels + k]! - b[j * pixels + k]!;
      sum += difference * difference;
    }
  }
  return sum;
}
