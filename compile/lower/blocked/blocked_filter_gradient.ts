/**
 * The gradient of a convolution with respect to its filter, as a convolution in blocks of images: a sum over images and
 * pixels is one over channels and places, if the images of a batch are taken for channels.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import { reshape, transpose } from "../../graph/layout.ts";
import { pad, slice } from "../../graph/slicing.ts";
import type { Value } from "../../graph/value.ts";
import { padImages, type Sliding } from "../window.ts";
import { applyBlocked } from "./blocked_convolution.ts";
import { fillBlocks } from "./blocks.ts";
import type { FilterGradientPlan } from "./choice.ts";

/**
 * The gradient of the filter.
 *
 * @param images [batch, inHeight, inWidth, channel]; the batch is whole blocks.
 * @param dy [batch, outHeight, outWidth, output]
 * @param sliding Without dilation.
 * @returns [height, width, channel, output]
 */
export function blockedFilterGradient(
  graph: Graph,
  images: Value,
  dy: Value,
  sliding: Sliding,
  { block, laid }: FilterGradientPlan,
): Value {
  return laid === "images"
    ? layImages(graph, images, dy, sliding, block)
    : layGradients(graph, images, dy, sliding, block);
}

/** Lays dy on the images: filter[k] is the sum over p of images[s p + k] dy[p]. */
function layGradients(
  graph: Graph,
  images: Value,
  dy: Value,
  sliding: Sliding,
  block: number,
): Value {
  const { filterHeight, filterWidth, inChannels } = sliding;
  const { strideHeight, strideWidth } = sliding;
  const outputs = dy.shape[3]!; // four axes
  const padded = padImages(graph, images, sliding);
  const seen = slice(graph, padded, [0, 0, 0, 0], [
    sliding.batchSize,
    (sliding.outHeight - 1) * strideHeight + filterHeight,
    (sliding.outWidth - 1) * strideWidth + filterWidth,
    inChannels,
  ]);
  const found = applyBlocked(
    graph,
    imagesOf(graph, seen, block),
    filterOf(graph, dy, block),
    {
      pads: [0, 0, 0, 0],
      strides: [1, 1],
      dilations: [strideHeight, strideWidth],
      size: [filterHeight, filterWidth],
    },
  );
  const gradient = placesFirst(graph, found, block);
  return slice(graph, gradient, [0, 0, 0, 0], [
    filterHeight,
    filterWidth,
    inChannels,
    outputs,
  ]);
}

/** Lays the images on dy, for strides of 1: what is found is turned by half a turn, with outputs first. */
function layImages(
  graph: Graph,
  images: Value,
  dy: Value,
  sliding: Sliding,
  block: number,
): Value {
  const { filterHeight, filterWidth, inChannels, padInfo } = sliding;
  const { inHeight, inWidth, outHeight, outWidth } = sliding;
  const outputs = dy.shape[3]!; // four axes
  const above = filterHeight - 1 - padInfo.top;
  const before = filterWidth - 1 - padInfo.left;
  const below = inHeight + filterHeight - 1 - outHeight - above;
  const after = inWidth + filterWidth - 1 - outWidth - before;
  const seen = pad(graph, dy, [0, above, before, 0], [0, below, after, 0]);
  const found = applyBlocked(
    graph,
    imagesOf(graph, seen, block),
    filterOf(graph, images, block),
    {
      pads: [0, 0, 0, 0],
      strides: [1, 1],
      dilations: [1, 1],
      size: [filterHeight, filterWidth],
    },
  );
  const turned = placesFirst(graph, found, block); // [height, width, output, channel]
  const places = filterHeight * filterWidth;
  const backward = Array.from({ length: places }, (_, i) => places - 1 - i);
  const whole = turned.shape[3]!; // four axes
  const rows = graph.apply(
    "Gather",
    [
      reshape(graph, turned, [places, outputs, whole]),
      graph.integers(backward),
    ],
    [places, outputs, whole],
    { axis: 0 },
  );
  const gradient = transpose(graph, rows, [0, 2, 1]);
  const shape = [filterHeight, filterWidth, whole, outputs];
  return slice(graph, reshape(graph, gradient, shape), [0, 0, 0, 0], [
    filterHeight,
    filterWidth,
    inChannels,
    outputs,
  ]);
}

/** [batch, height, width, channel] -> [channel, batch, height, width], the batch in blocks. */
function imagesOf(graph: Graph, images: Value, block: number): Value {
  const [batch, height, width, channels] = images.shape as FourAxes;
  const numbers = height * width * channels;
  const plane = reshape(graph, images, [1, batch, numbers, 1]);
  const blocked = graph.apply("ToBlocks", [plane], plane.shape, {
    channels_last: 0,
  });
  const parts = reshape(graph, blocked, [
    batch / block,
    height * width,
    channels,
    block,
  ]);
  const moved = transpose(graph, parts, [2, 0, 1, 3]);
  return reshape(graph, moved, [channels, batch, height, width]);
}

/** [batch, height, width, output] -> [output, batch, height, width], both in blocks; zeros fill the last one. */
function filterOf(graph: Graph, dy: Value, block: number): Value {
  const filled = fillBlocks(graph, dy, block);
  const [batch, height, width, outputs] = filled.shape as FourAxes;
  const parts = reshape(graph, filled, [
    batch / block,
    block,
    height * width,
    outputs / block,
    block,
  ]);
  const moved = transpose(graph, parts, [3, 0, 2, 1, 4]);
  return reshape(graph, moved, [outputs, batch, height, width]);
}

/** [batch, output, height, width], the outputs in blocks -> [height, width, batch, output] */
function placesFirst(graph: Graph, found: Value, block: number): Value {
  const [batch, outputs, height, width] = found.shape as FourAxes;
  const places = height * width;
  const parts = [batch, outputs / block, places, block];
  const moved = transpose(graph, reshape(graph, found, parts), [2, 0, 1, 3]);
  return reshape(graph, moved, [height, width, batch, outputs]);
}

type FourAxes = readonly [number, number, number, number];
