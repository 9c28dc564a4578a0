/**
 * The windows that a filter sees of images, [batch, height, width, channels], and the way back.
 * @module
 */
import { add } from "../graph/arithmetic.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { concat, pad, slice } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";

/** How a filter slides over images: what tfjs's `computeConv2DInfo()` and `computePool2DInfo()` find. */
export interface Sliding {
  readonly batchSize: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padInfo: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
}

/** A place in a window, counted down and across from its first pixel. */
export type Place = readonly [number, number];

/** How many windows there are, and how far apart. */
export type WindowGrid = Pick<
  Sliding,
  "outHeight" | "outWidth" | "strideHeight" | "strideWidth"
>;

/**
 * What each place of the filter sees.
 *
 * @param filler What lies around the images.
 * @returns A value for each place, row by row: [batch, outHeight, outWidth, channels].
 */
export function windows(
  graph: Graph,
  images: Value,
  sliding: Sliding,
  filler = 0,
): readonly Value[] {
  const padded = padImages(graph, images, sliding, filler);
  return cutPlaces(graph, padded, places(sliding), sliding);
}

/** Images with what the windows see around them; where sizes are rounded up, this is more than tfjs says. */
export function padImages(
  graph: Graph,
  images: Value,
  sliding: Sliding,
  filler = 0,
): Value {
  const { padInfo: { top, left }, inHeight, inWidth } = sliding;
  const { outHeight, outWidth, strideHeight, strideWidth } = sliding;
  const tall = (sliding.filterHeight - 1) * sliding.dilationHeight + 1;
  const wide = (sliding.filterWidth - 1) * sliding.dilationWidth + 1;
  const needed = (outHeight - 1) * strideHeight + tall - top - inHeight;
  const across = (outWidth - 1) * strideWidth + wide - left - inWidth;
  const bottom = Math.max(sliding.padInfo.bottom, needed);
  const right = Math.max(sliding.padInfo.right, across);
  return pad(graph, images, [0, top, left, 0], [0, bottom, right, 0], filler);
}

/** What lies at some places of all windows, a value for each place: [batch, outHeight, outWidth, channels]. */
export function cutPlaces(
  graph: Graph,
  padded: Value,
  seen: readonly Place[],
  { outHeight, outWidth, strideHeight, strideWidth }: WindowGrid,
): readonly Value[] {
  const size = [padded.shape[0]!, outHeight, outWidth, padded.shape[3]!]; // images have four axes
  const strides = [1, strideHeight, strideWidth, 1];
  return seen.map(([y, x]) =>
    slice(graph, padded, [0, y, x, 0], size, strides)
  );
}

/**
 * Adds up what each place of the filter gives back: the adjoint of `windows()`.
 *
 * With stride s, place k = r + s j gives to the pixels p = s i + r what stands at i - j: pixels of one
 * remainder r are summed on the coarse grid of i, then all remainders are interleaved.
 *
 * @param parts As `windows()` returns them; dilation 1.
 * @returns [batch, inHeight, inWidth, channels]
 */
export function foldWindows(
  graph: Graph,
  parts: readonly Value[],
  sliding: Sliding,
): Value {
  const { strideHeight, strideWidth, filterHeight, filterWidth } = sliding;
  const grid = coarseGrid(sliding);
  const shape = [
    sliding.batchSize,
    grid.height,
    grid.width,
    sliding.inChannels,
  ];
  const sumOf = (ry: number, rx: number): Value => {
    let sum: Value = graph.splat(0, shape);
    for (let y = ry; y < filterHeight; y += strideHeight) {
      for (let x = rx; x < filterWidth; x += strideWidth) {
        const part = parts[y * filterWidth + x]!; // one part for each place
        const down = (y - ry) / strideHeight;
        const across = (x - rx) / strideWidth;
        sum = add(graph, sum, shift(graph, part, [down, across], grid));
      }
    }
    const [batch, height, width, channels] = shape;
    return reshape(graph, sum, [batch!, height!, 1, width!, 1, channels!]);
  };
  const rows = range(strideHeight).map((ry) => {
    const columns = range(strideWidth).map((rx) => sumOf(ry, rx));
    return concat(graph, columns, 4);
  });
  return crop(graph, concat(graph, rows, 2), sliding);
}

/**
 * Brings pixels that were computed by remainder into their order.
 *
 * @param pixels [batch, grid height, strideHeight, grid width, strideWidth, channels]
 * @returns [batch, inHeight, inWidth, channels]
 */
export function crop(graph: Graph, pixels: Value, sliding: Sliding): Value {
  const [batch, height, rows, width, columns, channels] = pixels.shape;
  const whole = [batch!, height! * rows!, width! * columns!, channels!]; // six axes
  const { top, left } = sliding.padInfo;
  const size = [batch!, sliding.inHeight, sliding.inWidth, channels!];
  return slice(graph, reshape(graph, pixels, whole), [0, top, left, 0], size);
}

/** Size of the grid that holds every stride-th pixel, the padding in front included. */
export function coarseGrid(sliding: Sliding): {
  readonly height: number;
  readonly width: number;
} {
  const { inHeight, inWidth, padInfo, strideHeight, strideWidth } = sliding;
  return {
    height: Math.ceil((inHeight + padInfo.top) / strideHeight),
    width: Math.ceil((inWidth + padInfo.left) / strideWidth),
  };
}

/** Moves images down and to the right, onto a grid of another size. */
export function shift(
  graph: Graph,
  images: Value,
  [down, across]: readonly [number, number],
  grid: { readonly height: number; readonly width: number },
): Value {
  const [batch, height, width, channels] = images.shape;
  const below = Math.max(0, grid.height - down - height!); // images have four axes
  const right = Math.max(0, grid.width - across - width!);
  const padded = pad(graph, images, [0, down, across, 0], [0, below, right, 0]);
  const size = [batch!, grid.height, grid.width, channels!];
  return slice(graph, padded, [0, 0, 0, 0], size);
}

/** The places that a filter sees, row by row, counted down and across from its first pixel. */
export function places(
  { filterHeight, filterWidth, dilationHeight, dilationWidth }: Sliding,
): readonly Place[] {
  return range(filterHeight).flatMap((y) => {
    return range(filterWidth).map((x) =>
      [y * dilationHeight, x * dilationWidth] as const
    );
  });
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i);
}

/** How many windows, down and across, see one pixel at most. */
export function turnsOf(sliding: Sliding): readonly [number, number] {
  return [
    Math.ceil(sliding.filterHeight / sliding.strideHeight),
    Math.ceil(sliding.filterWidth / sliding.strideWidth),
  ];
}
