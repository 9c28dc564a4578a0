/**
 * Maxima and means over windows of images, and their gradients.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { add, divide, multiply } from "../graph/arithmetic.ts";
import { binary, cast, not } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
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
  MaxPoolGrad: rule<tf.MaxPoolGradInputs, tf.MaxPoolGradAttrs>(
    (graph, { dy, input }, attributes) => {
      return maximumGradient(graph, dy, input, slidingOf(input, attributes));
    },
  ),
  AvgPool: rule<tf.AvgPoolInputs, tf.AvgPoolAttrs>(
    (graph, { x }, attributes) => {
      const sliding = slidingOf(x, attributes);
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

function slidingOf(images: Value, attributes: tf.MaxPoolAttrs): Sliding {
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
