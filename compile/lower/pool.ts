/**
 * Maxima and means over windows of images, and their gradients.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { add, divide, multiply } from "../graph/arithmetic.ts";
import { binary, cast, not, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
import { blockedMean, blockOfMean } from "./blocked/blocked_mean.ts";
import { rule, type Rules } from "./rule.ts";
import { foldWindows, type Sliding, windows } from "./window.ts";

export const poolRules: Rules = {
  MaxPool: rule<tf.MaxPoolInputs, tf.MaxPoolAttrs>(
    (graph, { x }, attributes) => {
      const numbers = x.dtype === "bool" ? cast(graph, x, "int32") : x;
      const largest = maximum(graph, numbers, slidingOf(x, attributes));
      return cast(graph, largest, x.dtype);
    },
  ),
  MaxPoolWithArgmax: rule<
    tf.MaxPoolWithArgmaxInputs,
    tf.MaxPoolWithArgmaxAttrs
  >((graph, { x }, attributes) => {
    const sliding = slidingOf(x, attributes);
    const { includeBatchInIndex } = attributes;
    return [
      maximum(graph, x, sliding),
      positions(graph, x, sliding, includeBatchInIndex ? "batch" : "image"),
    ];
  }),
  MaxPoolGrad: rule<tf.MaxPoolGradInputs, tf.MaxPoolGradAttrs>(
    (graph, { dy, input }, attributes) => {
      return maximumGradient(graph, dy, input, slidingOf(input, attributes));
    },
  ),
  AvgPool: rule<tf.AvgPoolInputs, tf.AvgPoolAttrs>(
    (graph, { x }, attributes) => {
      const sliding = slidingOf(x, attributes);
      const block = blockOfMean(graph, x, sliding);
      if (block) return blockedMean(graph, x, sliding, block);
      const sum = windows(graph, x, sliding).reduce((a, b) => add(graph, a, b));
      return divide(graph, sum, pixelCounts(graph, sliding));
    },
  ),
  AvgPoolGrad: rule<tf.AvgPoolGradInputs, tf.AvgPoolGradAttrs>(
    (graph, { dy, input }, attributes) => {
      const sliding = slidingOf(input, attributes);
      const places = sliding.filterHeight * sliding.filterWidth;
      // The share of each pixel is that of a whole window, at the edges too: as tfjs has it.
      const share = multiply(graph, dy, graph.splat(1 / places));
      return foldWindows(graph, new Array<Value>(places).fill(share), sliding);
    },
  ),
};

/** Attributes that kernels of windows have in common. */
type PoolAttributes =
  & Pick<tf.MaxPoolAttrs, "filterSize" | "strides">
  & {
    readonly pad: tf.MaxPoolAttrs["pad"];
    readonly dimRoundingMode?: tf.MaxPoolAttrs["dimRoundingMode"];
  };

function slidingOf(images: Value, attributes: PoolAttributes): Sliding {
  return tf.backend_util.computePool2DInfo(
    images.shape as [number, number, number, number], // tfjs checked the rank
    attributes.filterSize,
    attributes.strides,
    1,
    attributes.pad,
    attributes.dimRoundingMode,
  );
}

function maximum(graph: Graph, images: Value, sliding: Sliding): Value {
  const least = images.dtype === "int32" ? -(2 ** 31) : -Infinity;
  const seen = windows(graph, images, sliding, least);
  return seen.reduce((a, b) => binary(graph, "Max", a, b));
}

/** The first pixel of a window that equals its maximum gets all of the gradient. */
function maximumGradient(
  graph: Graph,
  dy: Value,
  images: Value,
  sliding: Sliding,
): Value {
  const seen = windows(graph, images, sliding, -Infinity);
  const largest = maximum(graph, images, sliding);
  let isFree: Value | undefined;
  const parts = seen.map((part) => {
    const isLargest = binary(graph, "Equal", part, largest, "bool");
    const isFirst = isFree
      ? binary(graph, "And", isLargest, isFree)
      : isLargest;
    const isOther = not(graph, isLargest);
    isFree = isFree ? binary(graph, "And", isFree, isOther) : isOther;
    return multiply(graph, dy, cast(graph, isFirst, dy.dtype));
  });
  return foldWindows(graph, parts, sliding);
}

/** The number of the first largest pixel of each window, among all of its image or of its batch. */
function positions(
  graph: Graph,
  images: Value,
  sliding: Sliding,
  within: "image" | "batch",
): Value {
  const { batchSize, inHeight, inWidth, inChannels } = sliding;
  const count = inHeight * inWidth * inChannels;
  const numbers = Int32Array.from(
    { length: within === "batch" ? batchSize * count : count },
    (_, i) => i,
  );
  const batch = within === "batch" ? batchSize : 1;
  const shape = [batch, inHeight, inWidth, inChannels];
  const all = graph.constant(numbers, shape, "int32");
  const largest = maximum(graph, images, sliding);
  const seen = windows(graph, images, sliding, -Infinity);
  const places = windows(graph, all, sliding);
  // From the last place to the first: what comes first stays.
  const found = seen.reduceRight<Value>((later, part, place) => {
    const isLargest = binary(graph, "Equal", part, largest, "bool");
    return where(graph, isLargest, places[place]!, later); // as many
  }, graph.splat(0, largest.shape, "int32"));
  return found;
}

/** How many pixels of the images each window sees, [outHeight, outWidth, 1]. */
function pixelCounts(graph: Graph, sliding: Sliding): Value {
  const { outHeight, outWidth, padInfo } = sliding;
  const count = (
    i: number,
    stride: number,
    filter: number,
    before: number,
    length: number,
  ) => {
    const from = i * stride - before;
    return Math.min(from + filter, length) - Math.max(from, 0);
  };
  const counts = new Float32Array(outHeight * outWidth);
  for (let y = 0; y < outHeight; y++) {
    const rows = count(
      y,
      sliding.strideHeight,
      sliding.filterHeight,
      padInfo.top,
      sliding.inHeight,
    );
    for (let x = 0; x < outWidth; x++) {
      const columns = count(
        x,
        sliding.strideWidth,
        sliding.filterWidth,
        padInfo.left,
        sliding.inWidth,
      );
      counts[y * outWidth + x] = rows * columns;
    }
  }
  return graph.constant(counts, [outHeight, outWidth, 1], "float32");
}
