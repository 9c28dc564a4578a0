/**
 * Means over windows by ONNX Runtime's operation for blocks of channels.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";
import { fromBlocks, toBlocks } from "./blocks.ts";

/** The block of means over windows, if they are to be found in blocks: of whole blocks of channels, without padding. */
export function blockOfMean(
  { block }: Graph,
  images: Value,
  sliding: Sliding,
): number | undefined {
  if (!block || images.dtype !== "float32") return undefined;
  const { inHeight, inWidth, outHeight, outWidth, padInfo } = sliding;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = sliding;
  const isWithin = padInfo.top === 0 && padInfo.left === 0 &&
    (outHeight - 1) * strideHeight + filterHeight <= inHeight &&
    (outWidth - 1) * strideWidth + filterWidth <= inWidth;
  return isWithin && sliding.inChannels % block === 0 ? block : undefined;
}

/**
 * Means over windows.
 *
 * @param images [batch, height, width, channel]
 * @param sliding Without padding.
 * @returns [batch, outHeight, outWidth, channel]
 */
export function blockedMean(
  graph: Graph,
  images: Value,
  sliding: Sliding,
  block: number,
): Value {
  const { batchSize, outHeight, outWidth, inChannels } = sliding;
  const result = graph.apply(
    "BlockedMean",
    [toBlocks(graph, images, block)],
    [batchSize, inChannels, outHeight, outWidth],
    {
      kernel_shape: [sliding.filterHeight, sliding.filterWidth],
      strides: [sliding.strideHeight, sliding.strideWidth],
      pads: [0, 0, 0, 0],
    },
  );
  return fromBlocks(graph, result, inChannels, block);
}
