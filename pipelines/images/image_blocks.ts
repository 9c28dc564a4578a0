/**
 * Images cut into blocks of one size, as compiled functions need them.
 * @module
 */
import type { ImageSplit } from "./images.ts";

/** Consecutive images. */
export interface ImageBlock {
  /** The position of the first image in its split. */
  readonly first: number;
  /** How many of the block's images are real; the rest repeat the last one. */
  readonly count: number;
  /** Row by row, [size, pixel]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * Cuts a split into blocks; the last one is filled up with copies of the last image.
 *
 * @param split The images.
 * @param size Images in a block.
 * @returns The blocks, in order.
 */
export function* imageBlocks(
  split: ImageSplit,
  size: number,
): Generator<ImageBlock> {
  const length = split.rows * split.columns;
  for (let first = 0; first < split.count; first += size) {
    const count = Math.min(size, split.count - first);
    const pixels = new Uint8Array(size * length);
    const end = (first + count) * length;
    pixels.set(split.pixels.subarray(first * length, end));
    for (let i = count; i < size; i++) {
      pixels.set(split.pixels.subarray(end - length, end), i * length);
    }
    yield { first, count, pixels };
  }
}
