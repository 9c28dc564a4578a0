/**
 * Convolutions by ONNX Runtime's operation for blocks of channels, and how filters lie in it.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import { reshape, transpose } from "../../graph/layout.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";
import { fillBlocks, fromBlocks, toBlocks } from "./blocks.ts";

/** How a filter is laid on images in blocks. */
export interface Laying {
  /** Zeros above, to the left, below and to the right. */
  readonly pads: readonly [number, number, number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  /** Parts of the channels that have filters of their own; 1 unless given. */
  readonly groups?: number;
}

/**
 * A convolution.
 *
 * @param images [batch, height, width, channel]
 * @param filter [height, width, channel, output]
 * @returns [batch, outHeight, outWidth, output]
 */
export function blockedConvolve(
  graph: Graph,
  images: Value,
  filter: Value,
  sliding: Sliding,
  block: number,
): Value {
  const outputs = filter.shape[3]!; // filters have four axes
  const result = applyBlocked(
    graph,
    toBlocks(graph, images, block),
    blockFilter(graph, filter, block),
    layingOf(sliding),
  );
  return fromBlocks(graph, result, outputs, block);
}

/**
 * The operation itself.
 *
 * @param images [batch, channel, height, width], in blocks.
 * @param filter [output, channel of a group, height, width], in blocks.
 * @returns [batch, output, height, width], in blocks.
 */
export function applyBlocked(
  graph: Graph,
  images: Value,
  filter: Value,
  { pads, strides, dilations, size, groups = 1 }: Laying,
): Value {
  const [outputs, , height, width] = filter.shape;
  const shape = [images.shape[0]!, outputs!, ...size]; // four axes each
  return graph.apply("BlockedConv", [images, filter], shape, {
    kernel_shape: [height!, width!],
    pads,
    strides,
    dilations,
    group: groups,
  });
}

/**
 * Brings a filter into blocks.
 *
 * @param filter [height, width, channel, output]
 * @returns [output, channel, height, width], as [output block, channel block, place, channel, output]; without blocks of
 * channels where there are less than one.
 */
function blockFilter(graph: Graph, filter: Value, block: number): Value {
  const filled = fillBlocks(graph, filter, block);
  const [height, width, channels, outputs] = filled.shape;
  const size = Math.min(channels!, block);
  const places = height! * width!;
  const parts = reshape(graph, filled, [
    places,
    channels! / size,
    size,
    outputs! / block,
    block,
  ]);
  const order = channels! < block ? [3, 1, 2, 0, 4] : [3, 1, 0, 2, 4];
  const moved = transpose(graph, parts, order);
  return reshape(graph, moved, [outputs!, channels!, height!, width!]);
}

function layingOf(sliding: Sliding): Laying {
  const { padInfo: { top, left }, inHeight, inWidth } = sliding;
  const { outHeight, outWidth, strideHeight, strideWidth } = sliding;
  const { dilationHeight, dilationWidth } = sliding;
  const tall = (sliding.filterHeight - 1) * dilationHeight + 1;
  const wide = (sliding.filterWidth - 1) * dilationWidth + 1;
  const below = (outHeight - 1) * strideHeight + tall - top - inHeight;
  const right = (outWidth - 1) * strideWidth + wide - left - inWidth;
  return {
    pads: [top, left, Math.max(0, below), Math.max(0, right)],
    strides: [strideHeight, strideWidth],
    dilations: [dilationHeight, dilationWidth],
    size: [outHeight, outWidth],
  };
}
