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
import { reduce } from "../../graph/reduction.ts";
import { concat, pad, slice } from "../../graph/slicing.ts";
import { swapInBlocks } from "../../graph/swap_in_blocks.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";
import { applyBlocked } from "./blocked_convolution.ts";
import { fillBlocks, toBlocks } from "./blocks.ts";
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
  { block, laid, rows, groups }: FilterGradientPlan,
): Value {
  const { filterHeight, filterWidth, inChannels, padInfo } = sliding;
  const { strideHeight, strideWidth } = sliding;
  const outputs = dy.shape[3]!; // four axes
  const size = [filterHeight, filterWidth] as const;
  const { top, left } = padInfo;
  if (laid === "gradients") {
    const strides = [strideHeight, strideWidth] as const;
    const from = [-top, -left] as const;
    return lay(graph, dy, images, { size, strides, from, block, rows, groups });
  }
  // The other way round, filter[y, x] is found where dy lies as far beyond the images as they lie beyond dy.
  const from = [top + 1 - filterHeight, left + 1 - filterWidth] as const;
  const strides = [1, 1] as const;
  const laying = { size, strides, from, block, rows, groups };
  const turned = lay(graph, images, dy, laying); // [height, width, output, channel]
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
  /** Row and column of the images where the first of the filter lies first; around the images are zeros. */
  readonly from: readonly [number, number];
  readonly block: number;
  /** Rows of what is laid that are laid at once. */
  readonly rows: number;
  /** Parts of the batch that are summed apart. */
  readonly groups: number;
}

/**
 * Lays a filter on images, from row u and column v on: result[y, x, c, o] is the sum of
 * images[n, u + sy i + y, v + sx j + x, c] filter[n, i, j, o].
 *
 * @param filter [batch, height, width, output]
 * @param images [batch, row, column, channel]
 * @returns [y, x, channel, output]
 */
function lay(
  graph: Graph,
  filter: Value,
  images: Value,
  laying: Laying,
): Value {
  const { size: [tall, wide], block, rows, groups } = laying;
  const [batch, height, width, outputs] = filter.shape as FourAxes;
  const { images: around, above } = surround(graph, images, filter, laying);
  const [, tallest, columns, channels] = around.shape as FourAxes;
  const [down, across] = laying.strides;
  const seen = imagesOf(graph, around, block); // [batch block, row, column, ...]
  const laid = filterOf(graph, filter, { block, groups }); // [group and output block, batch block, row, column, ...]
  const whole = laid.shape[0]! * block; // six axes
  const parts: Value[] = [];
  for (let from = 0; from < height; from += rows) {
    const count = Math.min(rows, height - from);
    const first = from * down - above;
    const last = first + (count - 1) * down + tall;
    const [begin, end] = [Math.max(0, first), Math.min(tallest, last)];
    const some = slice(graph, seen, [0, begin, 0, 0], [
      ...seen.shape.with(1, end - begin),
    ]);
    const own = slice(graph, laid, [0, 0, from, 0, 0, 0], [
      ...laid.shape.with(2, count),
    ]);
    parts.push(applyBlocked(
      graph,
      reshape(graph, some, [1, batch, end - begin, columns * channels]),
      reshape(graph, own, [whole, batch / groups, count, width]),
      {
        pads: [begin - first, 0, last - end, 0],
        strides: [1, 1],
        dilations: [down, across * channels],
        size: [tall, wide * channels],
        groups,
      },
    ));
  }
  const sums = parts.reduce((a, b) => add(graph, a, b));
  const places = tall * wide * channels;
  const apart = [groups, whole / groups / block, places, block];
  const each = reshape(graph, sums, apart);
  const sum = reduce(graph, "ReduceSum", each, [0], "drop");
  const last = transpose(graph, sum, [1, 0, 2]);
  const shape = [tall, wide, channels, whole / groups];
  return slice(graph, reshape(graph, last, shape), [0, 0, 0, 0], [
    ...shape.with(3, outputs),
  ]);
}

/**
 * Images with the columns that the filter sees, and with its rows, too, if some rows of the result saw no others: the
 * operation itself leaves out rows of zeros.
 */
function surround(
  graph: Graph,
  images: Value,
  filter: Value,
  { size: [tall, wide], strides: [down, across], from, rows }: Laying,
): { readonly images: Value; readonly above: number } {
  const [batch, height, width, channels] = images.shape as FourAxes;
  const [, filterRows, filterColumns] = filter.shape as FourAxes;
  const reach = (filterRows - 1) * down + tall;
  const [above, before] = [-from[0], -from[1]];
  const lastPiece = (Math.ceil(filterRows / rows) - 1) * rows;
  const isSeen = (Math.min(rows, filterRows) - 1) * down >= above &&
    lastPiece * down + tall <= above + height && height >= down;
  const below = Math.max(0, reach - above - height);
  const columns = (filterColumns - 1) * across + wide;
  const after = columns - before - width;
  const wideImages = besideZeros(graph, images, [before, Math.max(0, after)]);
  const cut = slice(graph, wideImages, [0, 0, 0, 0], [
    batch,
    Math.min(height, reach - above),
    columns,
    channels,
  ]);
  if (isSeen) return { images: cut, above };
  const whole = pad(graph, cut, [0, above, 0, 0], [0, below, 0, 0]);
  return { images: whole, above: 0 };
}

/** Images with columns of zeros to the left and to the right: ONNX Runtime joins with all its threads, and pads with one. */
function besideZeros(
  graph: Graph,
  images: Value,
  [left, right]: readonly [number, number],
): Value {
  const zeros = (count: number) => graph.splat(0, images.shape.with(2, count));
  return concat(graph, [zeros(left), images, zeros(right)], 2);
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
 * [batch, height, width, output] -> [group and output block, batch block of the group, height, width, image of the block,
 * output of the block]; zeros fill the last block.
 */
function filterOf(
  graph: Graph,
  filter: Value,
  { block, groups }: Pick<Laying, "block" | "groups">,
): Value {
  const filled = fillBlocks(graph, filter, block);
  const [batch, height, width, outputs] = filled.shape as FourAxes;
  const outer = batch / block / groups;
  const blocks = outputs / block;
  const parted = splitOutputs(graph, filled, { block, groups });
  const count = groups * blocks * outer;
  const units = outer === 1
    ? [groups, block, blocks * height * width, block]
    : [count, block, height * width, block];
  const moved = swapInBlocks(graph, reshape(graph, parted, units));
  return reshape(graph, moved, [
    groups * blocks,
    outer,
    height,
    width,
    block,
    block,
  ]);
}

/**
 * [batch, height, width, output] -> [group, output block, image of the group, height, width, output of the block]; with
 * the images before the output blocks where a group has one block of them.
 */
function splitOutputs(
  graph: Graph,
  filter: Value,
  { block, groups }: Pick<Laying, "block" | "groups">,
): Value {
  const [batch, height, width, outputs] = filter.shape as FourAxes;
  if (groups === batch / block) return toBlocks(graph, filter, block);
  const rows = batch / groups * height * width;
  const images = reshape(graph, filter, [groups, rows, 1, outputs]);
  return toBlocks(graph, images, block);
}

type FourAxes = readonly [number, number, number, number];
