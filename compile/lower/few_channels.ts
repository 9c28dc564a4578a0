/**
 * Convolutions to few channels, and gradients with respect to images of few channels.
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import { reshape, transpose, transposeMatrix } from "../graph/layout.ts";
import { matrixProduct } from "../graph/product.ts";
import { reduce } from "../graph/reduction.ts";
import { concat } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { isFew } from "./pick_pixels.ts";
import { type Sliding, turnsOf } from "./window.ts";
import { flatten } from "./window_rows.ts";

/** Numbers of so many images are picked together, at least. */
const MANY = 8;

/**
 * A convolution to few channels, without a stride: the gradient of another one, whose filter is turned by half a turn.
 *
 * @param images [batch, inHeight, inWidth, channels]
 * @param filter [filterHeight, filterWidth, channels, outputs]
 * @param sliding Without stride and dilation.
 * @returns [batch, outHeight, outWidth, outputs]; nothing where there are more outputs, or fewer images, than are worth it.
 */
export function convolveToFew(
  graph: Graph,
  images: Value,
  filter: Value,
  sliding: Sliding,
): Value | undefined {
  const { filterHeight, filterWidth, inChannels, padInfo } = sliding;
  const outputs = filter.shape[3]!; // filters have four axes
  const back: Sliding = {
    ...sliding,
    inHeight: sliding.outHeight,
    inWidth: sliding.outWidth,
    inChannels: outputs,
    outHeight: sliding.inHeight,
    outWidth: sliding.inWidth,
    padInfo: {
      ...padInfo,
      top: filterHeight - 1 - padInfo.top,
      left: filterWidth - 1 - padInfo.left,
    },
  };
  if (sliding.batchSize < MANY) return undefined;
  const places = filterHeight * filterWidth;
  const backward = range(places).map((i) => places - 1 - i);
  const parts = reshape(graph, filter, [places, inChannels, outputs]);
  const turned = graph.apply(
    "Gather",
    [transpose(graph, parts, [0, 2, 1]), graph.integers(backward)],
    [places, outputs, inChannels],
    { axis: 0 },
  );
  const shape = [filterHeight, filterWidth, outputs, inChannels];
  return gradientOfFew(graph, images, reshape(graph, turned, shape), back);
}

/**
 * The gradient of a convolution with respect to images of few channels.
 *
 * Every pixel of dy gives to each place that its filter saw, and every pixel of the images gathers what it was given:
 * this takes a quarter of the time, as products of few columns are slow.
 *
 * @param dy [batch, outHeight, outWidth, filters]
 * @param filter [filterHeight, filterWidth, channels, filters]
 * @param sliding Without dilation.
 * @returns [batch, inHeight, inWidth, channels]; nothing where there are too many channels.
 */
export function gradientOfFew(
  graph: Graph,
  dy: Value,
  filter: Value,
  sliding: Sliding,
): Value | undefined {
  const { batchSize, inHeight, inWidth, inChannels } = sliding;
  const given = givers(sliding);
  if (!isFew(inChannels, given.length * inHeight * inWidth)) return undefined;
  const { outHeight, outWidth, filterHeight, filterWidth } = sliding;
  const numbers = filterHeight * filterWidth * inChannels;
  const matrix = reshape(graph, filter, [numbers, filter.shape[3]!]); // filters have four axes
  const product = matrixProduct(
    graph,
    { matrix: flatten(graph, dy), isTransposed: false },
    { matrix, isTransposed: true },
  );
  const all = outHeight * outWidth * numbers;
  const gifts = transposeMatrix(
    graph,
    reshape(graph, product, [batchSize, all]),
  );
  const withZero = concat(graph, [gifts, graph.splat(0, [1, batchSize])], 0);
  const indices = given.flat().flatMap((place) =>
    range(inChannels).map((c) => place < 0 ? all : place * inChannels + c)
  );
  const pixels = inHeight * inWidth * inChannels;
  const picked = graph.apply(
    "Gather",
    [withZero, graph.integers(indices)],
    [indices.length, batchSize],
    { axis: 0 },
  );
  const rows = reshape(graph, picked, [given.length, pixels * batchSize]);
  const sum = reduce(graph, "ReduceSum", rows, [0], "drop");
  const images = transposeMatrix(
    graph,
    reshape(graph, sum, [pixels, batchSize]),
  );
  return reshape(graph, images, [batchSize, inHeight, inWidth, inChannels]);
}

/**
 * For each turn j of the filter and each pixel p = s i + r of the images, the place [i - j, r + s j] among
 * [outHeight, outWidth, filterHeight, filterWidth]; -1 where there is none.
 */
function givers(sliding: Sliding): readonly (readonly number[])[] {
  const { inHeight, inWidth, outHeight, outWidth, padInfo } = sliding;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = sliding;
  const [jy, jx] = turnsOf(sliding);
  const along = (
    pixel: number,
    stride: number,
    turn: number,
    out: number,
    filter: number,
  ) => {
    const window = Math.floor(pixel / stride) - turn;
    const place = pixel % stride + stride * turn;
    return window >= 0 && window < out && place < filter
      ? { window, place }
      : undefined;
  };
  return range(jy).flatMap((turnY) =>
    range(jx).map((turnX) =>
      range(inHeight).flatMap((y) => {
        const top = y + padInfo.top;
        const down = along(top, strideHeight, turnY, outHeight, filterHeight);
        return range(inWidth).map((x) => {
          const left = x + padInfo.left;
          const across = along(left, strideWidth, turnX, outWidth, filterWidth);
          if (!down || !across) return -1;
          const window = down.window * outWidth + across.window;
          return (window * filterHeight + down.place) * filterWidth +
            across.place;
        });
      })
    )
  );
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i);
}
