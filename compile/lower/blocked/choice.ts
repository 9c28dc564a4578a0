/**
 * Where convolutions in blocks of channels are faster than products over windows.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";
import { isBlocked } from "./blocks.ts";

/** The block of a convolution, if it is to be done in blocks. */
export function blockOfConvolution(
  { block }: Graph,
  images: Value,
  { inChannels, filterHeight, filterWidth }: Sliding,
): number | undefined {
  if (block === undefined || images.dtype !== "float32") return undefined;
  if (filterHeight === 1 && filterWidth === 1) return undefined;
  return isBlocked(inChannels, block) ? block : undefined;
}

/** The block of a gradient with respect to images of so many channels. */
export function blockOfInputGradient(
  { block }: Graph,
  dy: Value,
  { inChannels, filterHeight, filterWidth }: Sliding,
): number | undefined {
  if (block === undefined || dy.dtype !== "float32") return undefined;
  if (filterHeight === 1 && filterWidth === 1) return undefined;
  if (inChannels % block !== 0) return undefined;
  return isBlocked(dy.shape[3]!, block) ? block : undefined; // four axes
}

/** The block of a gradient with respect to a filter. */
export function blockOfFilterGradient(
  { block }: Graph,
  images: Value,
  { batchSize, filterHeight, filterWidth }: Sliding,
): number | undefined {
  if (block === undefined || images.dtype !== "float32") return undefined;
  if (filterHeight === 1 && filterWidth === 1) return undefined;
  return batchSize % block === 0 ? block : undefined;
}
