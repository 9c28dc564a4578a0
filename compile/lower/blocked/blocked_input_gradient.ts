/**
 * The gradient of a convolution with respect to its images, as a convolution in blocks of channels.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import { reshape, transpose } from "../../graph/layout.ts";
import { pad } from "../../graph/slicing.ts";
import type { Value } from "../../graph/value.ts";
import { coarseGrid, crop, type Sliding, turnsOf } from "../window.ts";
import { applyBlocked, type Laying } from "./blocked_convolution.ts";
import { fromBlocks, toBlocks } from "./blocks.ts";

/**
 * With stride s, the pixels p = s i + r of remainder r get the sum over j of dy[i - j] filter[r + s j]: an ordinary
 * convolution of dy for each remainder. One convolution, whose outputs are the channels of all remainders, does them
 * all.
 *
 * @param dy [batch, outHeight, outWidth, output]
 * @param filter [height, width, channel, output]
 * @param sliding Without dilation; the channels are whole blocks.
 * @returns [batch, inHeight, inWidth, channel]; nothing where the convolution would leave out pixels.
 */
export function blockedInputGradient(
  graph: Graph,
  dy: Value,
  filter: Value,
  sliding: Sliding,
  block: number,
): Value | undefined {
  const { strideHeight: sy, strideWidth: sx, inChannels } = sliding;
  const laying = layingOf(sliding);
  if (laying.pads.some((count) => count < 0)) return undefined;
  const turned = turnFilter(graph, filter, sliding, block);
  const found = applyBlocked(graph, toBlocks(graph, dy, block), turned, laying);
  if (sy === 1 && sx === 1) return fromBlocks(graph, found, inChannels, block);
  const { height, width } = coarseGrid(sliding);
  const batch = sliding.batchSize;
  const blocks = inChannels / block;
  const parts = [batch, sy, sx, blocks, height, width, block];
  const pixels = transpose(
    graph,
    reshape(graph, found, parts),
    [0, 4, 1, 5, 2, 3, 6],
  );
  const whole = [batch, height, sy, width, sx, inChannels];
  return crop(graph, reshape(graph, pixels, whole), sliding);
}

/** Without a stride no grid is needed: pixels of the padding are not computed. */
function layingOf(sliding: Sliding): Laying {
  const { outHeight, outWidth, inHeight, inWidth, padInfo } = sliding;
  const [jy, jx] = turnsOf(sliding);
  const { height, width } = coarseGrid(sliding);
  const [tall, wide] = isDense(sliding) ? [inHeight, inWidth] : [height, width];
  const top = jy - 1 - (isDense(sliding) ? padInfo.top : 0);
  const left = jx - 1 - (isDense(sliding) ? padInfo.left : 0);
  const bottom = tall - outHeight + jy - 1 - top;
  const right = wide - outWidth + jx - 1 - left;
  return {
    pads: [top, left, bottom, right],
    strides: [1, 1],
    dilations: [1, 1],
    size: [tall, wide],
  };
}

function isDense({ strideHeight, strideWidth }: Sliding): boolean {
  return strideHeight === 1 && strideWidth === 1;
}

/** The filter of each remainder, turned by half a turn, with outputs and channels swapped, in blocks. */
function turnFilter(
  graph: Graph,
  filter: Value,
  sliding: Sliding,
  block: number,
): Value {
  const { strideHeight: sy, strideWidth: sx } = sliding;
  const [jy, jx] = turnsOf(sliding);
  const [height, width, channels, outputs] = filter.shape;
  const rest = [jy * sy - height!, jx * sx - width!, 0, 0]; // four axes
  const whole = pad(graph, filter, [0, 0, 0, 0], rest);
  const size = Math.min(block, outputs!);
  const parts = [jy, sy, jx, sx, channels! / block, block, outputs! / size];
  const moved = transpose(
    graph,
    reshape(graph, whole, [...parts, size]),
    [1, 3, 4, 6, 0, 2, 7, 5],
  );
  const places = reshape(graph, moved, [
    sy * sx * channels! / block * outputs! / size,
    jy * jx,
    size * block,
  ]);
  const backward = Array.from({ length: jy * jx }, (_, i) => jy * jx - 1 - i);
  const turned = graph.apply(
    "Gather",
    [places, graph.integers(backward)],
    places.shape,
    { axis: 1 },
  );
  if (outputs! >= block) {
    return reshape(graph, turned, [sy * sx * channels!, outputs!, jy, jx]);
  }
  // Less than a block of outputs: [.., place, output, channel] -> [.., output, place, channel]
  const rows = reshape(graph, turned, [
    sy * sx * channels! / block,
    jy * jx,
    outputs!,
    block,
  ]);
  const swapped = transpose(graph, rows, [0, 2, 1, 3]);
  return reshape(graph, swapped, [sy * sx * channels!, outputs!, jy, jx]);
}
