/**
 * Where convolutions in blocks of channels are faster than products over windows: measured with one thread, for 1 to
 * 256 channels, images of 7 x 7 to 64 x 64, filters of 3 x 3 to 5 x 5 and strides of 1 and 2.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";
import { isBlocked, wholeBlocks } from "./blocks.ts";

/** Bytes of a filter that are read again and again for each channel: what half of the second cache holds. */
const CACHED = 1e6;
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
  const isDense = sliding.strideHeight === 1 && sliding.strideWidth === 1;
  const fits = (channels: number, pixels: number) => {
    const blocks = wholeBlocks(channels, block) / block;
    const bytes = Math.min(blocks, AT_ONCE) * pixels * block ** 2 * 4;
    return fills(channels, block) && bytes < CACHED;
  };
  if (fits(dy.shape[3]!, outHeight * outWidth)) { // images have four axes
    return { block, laid: "gradients" };
  }
  return isDense && fits(inChannels, inHeight * inWidth)
    ? { block, laid: "images" }
    : undefined;
}

/** Filters of one place are plain matrix products. */
function isEligible(x: Value, { filterHeight, filterWidth }: Sliding): boolean {
  return x.dtype === "float32" && filterHeight * filterWidth > 1;
}

/** Tells whether less than half of the last block is filled with zeros, if it is the only one. */
function fills(channels: number, block: number): boolean {
  return 2 * channels >= block;
}
