/**
 * The gradient of a convolution with respect to its filter, as a convolution in blocks of images.
 *
 * With the images of a batch for channels, and the channels beside the columns, the sum over images and pixels
 * filter[y, x, c, o] = sum of images[n, sy i + y, sx j + x, c] dy[n, i, j, o] is a convolution of one image of the
 * columns [x, c] by the filter dy, whose places are sx times the channels apart: no window is written out.
 * @module
 */
import { add } from "../../graph/arithmetic.ts";
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
  { block, laid, rows }: FilterGradientPlan,
): Value {
  const { filterHeight, filterWidth, inChannels, padInfo } = sliding;
  const { inHeight, inWidth, outHeight, outWidth } = sliding;
  const { strideHeight, strideWidth } = sliding;
  const outputs = dy.shape[3]!; // four axes
  const size = [filterHeight, filterWidth] as const;
  if (laid === "gradients") {
    const seen = slice(
      graph,
      padImages(graph, images, sliding),
      [0, 0, 0, 0],
      [
        sliding.batchSize,
        (outHeight - 1) * strideHeight + filterHeight,
        (outWidth - 1) * strideWidth + filterWidth,
        inChannels,
      ],
    );
    const strides = [strideHeight, strideWidth] as const;
    return lay(graph, dy, seen, { size, strides, block, rows });
  }
  // The other way round, filter[y, x] is found where dy lies as far beyond the images as they lie beyond dy.
  const above = filterHeight - 1 - padInfo.top;
  const before = filterWidth - 1 - padInfo.left;
  const below = inHeight + filterHeight - 1 - outHeight - above;
  const after = inWidth + filterWidth - 1 - outWidth - before;
  const seen = pad(graph, dy, [0, above, before, 0], [0, below, after, 0]);
  const strides = [1, 1] as const;
  const turned = lay(graph, images, seen, { size, strides, block, rows }); // [height, width, output, channel]
  const places = filterHeight * filterWidth;
  const shape = [places, outputs, inChannels];
  const backward = Array.from({ length: places }, (_, i) => places - 1 - i);
  const gradient = graph.apply(
    "Gather",
    [reshape(graph, turned, shape), graph.integers(backward)],
    shape,
    { axis: 0 },
  );
  return reshape(graph, transpose(graph, gradient, [0, 2, 1]), [
    ...size,
    inChannels,
    outputs,
  ]);
}

interface Laying {
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly block: number;
  /** Rows of what is laid that are laid at once. */
  readonly rows: number;
}

/**
 * Lays a filter on images: result[y, x, c, o] is the sum of images[n, sy i + y, sx j + x, c] filter[n, i, j, o].
 *
 * @param filter [batch, height, width, output]
 * @param images [batch, sy (height - 1) + y, sx (width - 1) + x, channel]
 * @returns [y, x, channel, output]
 */
function lay(
  graph: Graph,
  filter: Value,
  images: Value,
  { size, strides, block, rows }: Laying,
): Value {
  const [batch, height, width, outputs] = filter.shape as FourAxes;
  const [, , columns, channels] = images.shape as FourAxes;
  const [tall, wide] = size;
  const [down, across] = strides;
  const seen = imagesOf(graph, images, block); // [batch block, row, column, ...]
  const laid = filterOf(graph, filter, block); // [output block, batch block, row, column, ...]
  const [whole] = [laid.shape[0]! * block]; // six axes
  const parts: Value[] = [];
  for (let from = 0; from < height; from += rows) {
    const count = Math.min(rows, height - from);
    const reach = (count - 1) * down + tall;
    const some = slice(graph, seen, [0, from * down, 0, 0], [
      ...seen.shape.with(1, reach),
    ]);
    const own = slice(graph, laid, [0, 0, from, 0, 0, 0], [
      ...laid.shape.with(2, count),
    ]);
    parts.push(applyBlocked(
      graph,
      reshape(graph, some, [1, batch, reach, columns * channels]),
      reshape(graph, own, [whole, batch, count, width]),
      {
        pads: [0, 0, 0, 0],
        strides: [1, 1],
        dilations: [down, across * channels],
        size: [tall, wide * channels],
      },
    ));
  }
  const sum = parts.reduce((a, b) => add(graph, a, b));
  const blocks = [whole / block, tall * wide * channels, block];
  const last = transpose(graph, reshape(graph, sum, blocks), [1, 0, 2]);
  const gradient = reshape(graph, last, [tall, wide, channels, whole]);
  return slice(graph, gradient, [0, 0, 0, 0], [tall, wide, channels, outputs]);
}

/** [batch, height, width, channel] -> [batch block, height, width channel, image of the block] */
function imagesOf(graph: Graph, images: Value, block: number): Value {
  const [batch, height, width, channels] = images.shape as FourAxes;
  const plane = [1, batch, height * width * channels, 1];
  const blocked = graph.apply(
    "ToBlocks",
    [reshape(graph, images, plane)],
    plane,
    { channels_last: 0 },
  );
  const shape = [batch / block, height, width * channels, block];
  return reshape(graph, blocked, shape);
}

/**
 * [batch, height, width, output] -> [output block, batch block, height, width, image of the block, output of the block];
 * zeros fill the last block.
 */
function filterOf(graph: Graph, filter: Value, block: number): Value {
  const filled = fillBlocks(graph, filter, block);
  const [batch, height, width, outputs] = filled.shape as FourAxes;
  const blocks = [batch / block, outputs / block] as const;
  const parts = [blocks[0], block, height * width, blocks[1], block];
  const moved = transpose(
    graph,
    reshape(graph, filled, parts),
    [3, 0, 2, 1, 4],
  );
  return reshape(graph, moved, [
    blocks[1],
    blocks[0],
    height,
    width,
    block,
    block,
  ]);
}

type FourAxes = readonly [number, number, number, number];
