/**
 * Where the windows of maxima and means lie.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** What the kernels have in common; two or three lengths. */
export interface PoolAttributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "same" | "valid" | number | number[][];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Where the windows lie, along each axis of the images. */
export interface Windows {
  readonly filter: readonly number[];
  readonly strides: readonly number[];
  readonly before: readonly number[];
  readonly lengths: readonly number[];
  readonly outLengths: readonly number[];
}

/** Finds the windows of images of a shape. */
export type WindowsOf = (
  shape: readonly number[],
  attributes: PoolAttributes,
) => Windows;

/** Windows of images, [batch, height, width, channels]. */
export function planeWindows(
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): Windows {
  const info = tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number], // tfjs checked the rank
    filterSize as number, // one or two
    strides as number,
    1,
    pad as "same", // or another that tfjs takes
    dimRoundingMode,
  );
  return {
    filter: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    before: [info.padInfo.top, info.padInfo.left],
    lengths: [info.inHeight, info.inWidth],
    outLengths: [info.outHeight, info.outWidth],
  };
}

/** Windows of volumes, [batch, depth, height, width, channels]. */
export function spaceWindows(
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): Windows {
  const info = tf.backend_util.computePool3DInfo(
    shape as [number, number, number, number, number], // tfjs checked the rank
    filterSize as number, // one or three
    strides as number,
    1,
    pad as "same", // or another that tfjs takes
    dimRoundingMode,
  );
  return {
    filter: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    before: [info.padInfo.front, info.padInfo.top, info.padInfo.left],
    lengths: [info.inDepth, info.inHeight, info.inWidth],
    outLengths: [info.outDepth, info.outHeight, info.outWidth],
  };
}

/** How many pixels each window sees: the product of what it sees along each axis. */
export function pixelCounts(
  { filter, strides, before, lengths, outLengths }: Windows,
): readonly number[] {
  return outLengths.reduce<readonly number[]>((counts, outLength, axis) => {
    const along = Array.from({ length: outLength }, (_, i) => {
      const from = i * strides[axis]! - before[axis]!; // one for each axis
      const end = Math.min(from + filter[axis]!, lengths[axis]!);
      return end - Math.max(from, 0);
    });
    return counts.flatMap((count) => along.map((more) => count * more));
  }, [1]);
}
