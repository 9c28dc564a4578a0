/**
 * Where convolutions in blocks of channels are faster than products over windows: measured with one thread, for 1 to
 * 256 channels, images of 7 x 7 to 64 x 64, filters of 3 x 3 to 5 x 5 and strides of 1 and 2.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";
import { isBlocked, wholeBlocks } from "./blocks.ts";

/** Bytes of a filter that are read again and again: what less than half of the second cache holds. */
const CACHED = 820_000;
/** Terms of a sum that take much longer to add than the sum takes to write. */
const ENOUGH = 256;
/** Output blocks that the operation does at once. */
const AT_ONCE = 4;

/** The block of a convolution, if it is to be done in blocks. */
export function blockOfConvolution(
  { block }: Graph,
  images: Value,
  filter: Value,
  sliding: Sliding,
): number | undefined {
  if (!block || !isEligible(images, sliding)) return undefined;
  const [channels, outputs] = [sliding.inChannels, filter.shape[3]!]; // filters have four axes
  if (!isBlocked(channels, block)) return undefined;
  return channels >= block || fills(outputs, block) ? block : undefined;
}

/** Tells whether half of the only block of outputs, or more, would be filled with zeros. */
export function isToFew(
  { block }: Graph,
  images: Value,
  filter: Value,
  sliding: Sliding,
): boolean {
  if (!block || !isEligible(images, sliding)) return false;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = sliding;
  const steps = [strideHeight, strideWidth, dilationHeight, dilationWidth];
  const outputs = filter.shape[3]!; // filters have four axes
  return 2 * outputs <= block && steps.every((step) => step === 1);
}

/** The block of the gradient with respect to images. */
export function blockOfInputGradient(
  { block }: Graph,
  dy: Value,
  sliding: Sliding,
): number | undefined {
  if (!block || !isEligible(dy, sliding)) return undefined;
  if (sliding.inChannels % block !== 0) return undefined;
  return isBlocked(dy.shape[3]!, block) ? block : undefined; // images have four axes
}

/** How the gradient with respect to a filter is found in blocks. */
export interface FilterGradientPlan {
  readonly block: number;
  /** What is laid on the other: it is the filter of the operation. */
  readonly laid: "gradients" | "images";
  /** How many rows of it are laid at once. */
  readonly rows: number;
  /** In how many parts the batch is summed. */
  readonly groups: number;
}

/** The plan for the gradient with respect to a filter, if it is to be found in blocks. */
export function planFilterGradient(
  { block }: Graph,
  dy: Value,
  sliding: Sliding,
): FilterGradientPlan | undefined {
  if (!block || !isEligible(dy, sliding)) return undefined;
  if (sliding.batchSize % block !== 0) return undefined;
  const { inHeight, inWidth, inChannels, outHeight, outWidth } = sliding;
  const outputs = dy.shape[3]!; // images have four axes
  if (
    isReversible(sliding) && inChannels > outputs && fills(inChannels, block)
  ) {
    const rows = rowsAtOnce([inHeight, inWidth, inChannels], block);
    const groups = groupsOf(inHeight * inWidth, sliding, block);
    return { block, laid: "images", rows, groups };
  }
  if (!fills(outputs, block)) return undefined;
  const rows = rowsAtOnce([outHeight, outWidth, outputs], block);
  const groups = groupsOf(outHeight * outWidth, sliding, block);
  return { block, laid: "gradients", rows, groups };
}

/** Tells whether images and gradients can change places: without a stride, each reaches beyond the other. */
function isReversible(sliding: Sliding): boolean {
  const { padInfo: { top, left }, filterHeight, filterWidth } = sliding;
  const { inHeight, inWidth, outHeight, outWidth } = sliding;
  const isDense = sliding.strideHeight === 1 && sliding.strideWidth === 1;
  return isDense && top < filterHeight && left < filterWidth &&
    inHeight + top >= outHeight && inWidth + left >= outWidth;
}

/** Rows of a filter that the cache holds: about equally many each time. */
function rowsAtOnce(
  [height, width, outputs]: readonly [number, number, number],
  block: number,
): number {
  const blocks = Math.min(AT_ONCE, wholeBlocks(outputs, block) / block);
  const rowBytes = blocks * block ** 2 * width * 4;
  const most = Math.max(1, Math.floor(CACHED / rowBytes));
  return Math.ceil(height / Math.ceil(height / most));
}

/**
 * The operation gives each thread whole pieces: a row of the result, for four blocks of outputs, of one part of the
 * batch. One block of images is a part if it has enough pixels to pay for a sum of its own.
 */
function groupsOf(
  pixels: number,
  { batchSize }: Sliding,
  block: number,
): number {
  const blocks = batchSize / block;
  if (pixels * block >= ENOUGH) return blocks;
  return blocks % 2 === 0 ? 2 : 1;
}

/** Filters of one place are plain matrix products. */
function isEligible(x: Value, { filterHeight, filterWidth }: Sliding): boolean {
  return x.dtype === "float32" && filterHeight * filterWidth > 1;
}

/** Tells whether less than half of the last block is filled with zeros, if it is the only one. */
function fills(channels: number, block: number): boolean {
  return 2 * channels >= block;
}
