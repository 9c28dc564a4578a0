/**
 * The gradient of a convolution with respect to its images, which is also the transposed convolution.
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import { reshape, transpose } from "../graph/layout.ts";
import { matrixProduct } from "../graph/product.ts";
import { pad } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { blockedInputGradient } from "./blocked/blocked_input_gradient.ts";
import { blockOfInputGradient } from "./blocked/choice.ts";
import { gradientOfFew } from "./few_channels.ts";
import { pickPixels } from "./pick_pixels.ts";
import { coarseGrid, type Place, type Sliding, turnsOf } from "./window.ts";
import { windowRows } from "./window_rows.ts";

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
  return gradientOfFew(graph, dy, filter, sliding) ??
    convolve(graph, dy, filter, sliding);
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
