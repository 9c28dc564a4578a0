/**
 * The gradient of a convolution with respect to its images, which is also the transposed convolution.
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import { reshape, transpose, transposeMatrix } from "../graph/layout.ts";
import { matrixProduct } from "../graph/product.ts";
import { reduce } from "../graph/reduction.ts";
import { concat, pad } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { blockedInputGradient } from "./blocked/blocked_input_gradient.ts";
import { blockOfInputGradient } from "./blocked/choice.ts";
import { isFew, pickPixels } from "./pick_pixels.ts";
import { coarseGrid, type Place, type Sliding, turnsOf } from "./window.ts";
import { windowRows } from "./window_rows.ts";

/** Numbers of so many images are picked together, at least. */
const MANY = 8;

/**
 * Gradient with respect to the images.
 *
 * @param dy [batch, outHeight, outWidth, filters]
 * @param filter [filterHeight, filterWidth, channels, filters]
 * @param sliding Without dilation.
 * @returns [batch, inHeight, inWidth, channels]
 */
export function inputGradient(
  graph: Graph,
  dy: Value,
  filter: Value,
  sliding: Sliding,
): Value {
  const block = blockOfInputGradient(graph, dy, sliding);
  const blocked = block &&
    blockedInputGradient(graph, dy, filter, sliding, block);
  if (blocked) return blocked;
  const { inHeight, inWidth, inChannels } = sliding;
  const given = givers(sliding);
  return isFew(inChannels, given.length * inHeight * inWidth)
    ? gather(graph, dy, filter, sliding, given)
    : convolve(graph, dy, filter, sliding);
}

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
  const places = filterHeight * filterWidth;
  const pixels = places * sliding.outHeight * sliding.outWidth;
  if (sliding.batchSize < MANY || !isFew(outputs, pixels)) return undefined;
  const backward = range(places).map((i) => places - 1 - i);
  const parts = reshape(graph, filter, [places, inChannels, outputs]);
  const turned = graph.apply(
    "Gather",
    [transpose(graph, parts, [0, 2, 1]), graph.integers(backward)],
    [places, outputs, inChannels],
    { axis: 0 },
  );
  const shape = [filterHeight, filterWidth, outputs, inChannels];
  return gather(
    graph,
    images,
    reshape(graph, turned, shape),
    back,
    givers(back),
  );
}

/** Images as a matrix, a pixel in each row. */
export function flatten(graph: Graph, images: Value): Value {
  const channels = images.shape[3]!; // images have four axes
  const pixels = images.shape.slice(0, 3).reduce((a, b) => a * b);
  return reshape(graph, images, [pixels, channels]);
}

/**
 * With stride s, the pixels p = s i + r of remainder r get the sum over j of dy[i - j] filter[r + s j]: an
 * ordinary convolution of dy for each remainder, all of which see the same windows, so that one product
 * does them all.
 */
function convolve(
  graph: Graph,
  dy: Value,
  filter: Value,
  sliding: Sliding,
): Value {
  const { strideHeight: sy, strideWidth: sx, batchSize } = sliding;
  const { filterHeight, filterWidth, inHeight, inWidth, inChannels } = sliding;
  const [jy, jx] = turnsOf(sliding);
  const filters = filter.shape[3]!; // filters have four axes
  const grid = coarseGrid(sliding);
  const seen = shiftedWindows(graph, dy, [jy, jx], grid);
  const rest = [jy * sy - filterHeight, jx * sx - filterWidth, 0, 0];
  const whole = pad(graph, filter, [0, 0, 0, 0], rest);
  const parts = reshape(graph, whole, [jy, sy, jx, sx, inChannels, filters]);
  const ordered = transpose(graph, parts, [1, 3, 4, 0, 2, 5]); // pieces stay whole: a tenth of the time
  const shape = [sy * sx * inChannels, jy * jx * filters];
  const product = matrixProduct(
    graph,
    { matrix: seen, isTransposed: false },
    { matrix: reshape(graph, ordered, shape), isTransposed: true },
  );
  const computed = [batchSize, grid.height * grid.width * sy * sx, inChannels];
  const pixels = reshape(graph, product, computed);
  const picked = pickPixels(graph, pixels, imagePixels(sliding));
  return reshape(graph, picked, [batchSize, inHeight, inWidth, inChannels]);
}

/** Where each pixel of the images stands among those computed by remainder: [grid height, grid width, sy, sx]. */
function imagePixels(sliding: Sliding): readonly number[] {
  const { strideHeight: sy, strideWidth: sx, inHeight, inWidth } = sliding;
  const { width } = coarseGrid(sliding);
  const { top, left } = sliding.padInfo;
  return range(inHeight).flatMap((y) =>
    range(inWidth).map((x) => {
      const [down, across] = [y + top, x + left];
      const cell = Math.floor(down / sy) * width + Math.floor(across / sx);
      return (cell * sy + down % sy) * sx + across % sx;
    })
  );
}

/**
 * Every pixel of dy gives to each place that its filter saw, and every pixel of the images gathers what it was given:
 * for few channels this takes a quarter of the time, as products of few columns are slow.
 */
function gather(
  graph: Graph,
  dy: Value,
  filter: Value,
  sliding: Sliding,
  given: readonly (readonly number[])[],
): Value {
  const { batchSize, inHeight, inWidth, inChannels } = sliding;
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

/** dy[i - j] for all j, in a row for each pixel of the grid: [batch grid height grid width, jy jx filters]. */
function shiftedWindows(
  graph: Graph,
  dy: Value,
  [jy, jx]: readonly [number, number],
  grid: { readonly height: number; readonly width: number },
): Value {
  const [, height, width] = dy.shape;
  const below = Math.max(0, grid.height - height!); // images have four axes
  const right = Math.max(0, grid.width - width!);
  const padded = pad(graph, dy, [0, jy - 1, jx - 1, 0], [0, below, right, 0]);
  const seen: Place[] = [];
  for (let y = jy - 1; y >= 0; y--) {
    for (let x = jx - 1; x >= 0; x--) seen.push([y, x]);
  }
  return windowRows(graph, padded, seen, {
    outHeight: grid.height,
    outWidth: grid.width,
    strideHeight: 1,
    strideWidth: 1,
  });
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i);
}
