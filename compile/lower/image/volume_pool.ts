/**
 * Maxima and means over windows of volumes, and their gradients.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { add, divide, multiply } from "../../graph/arithmetic.ts";
import { binary, cast, not } from "../../graph/elementwise.ts";
import type { Graph } from "../../graph/graph.ts";
import { reshape } from "../../graph/layout.ts";
import type { Value } from "../../graph/value.ts";
import { rule, type Rules } from "../rule.ts";
import { foldWindows, windows } from "../window.ts";
import {
  cutLayers,
  foldLayers,
  joinDepth,
  sliding,
  type Volume,
} from "./layers.ts";

export const volumePoolRules: Rules = {
  MaxPool3D: rule<tf.MaxPool3DInputs, tf.MaxPool3DAttrs>(
    (graph, { x }, attributes) => {
      const volume = poolOf(x.shape, attributes);
      const largest = cutPlaces(graph, x, volume, -Infinity)
        .flat()
        .reduce((a, b) => binary(graph, "Max", a, b));
      return reshape(graph, largest, volume.outShape);
    },
  ),
  MaxPool3DGrad: rule<tf.MaxPool3DGradInputs, tf.MaxPool3DGradAttrs>(
    (graph, { dy, input }, attributes) => {
      const volume = poolOf(input.shape, attributes);
      const given = joinDepth(graph, dy);
      const seen = cutPlaces(graph, input, volume, -Infinity);
      const largest = seen.flat().reduce((a, b) => binary(graph, "Max", a, b));
      let isFree: Value | undefined;
      const parts = seen.map((places) => {
        const shares = places.map((part) => {
          const isLargest = binary(graph, "Equal", part, largest, "bool");
          const isFirst = isFree
            ? binary(graph, "And", isLargest, isFree)
            : isLargest;
          const isOther = not(graph, isLargest);
          isFree = isFree ? binary(graph, "And", isFree, isOther) : isOther;
          return multiply(graph, given, cast(graph, isFirst, "float32"));
        });
        return foldWindows(graph, shares, sliding(volume));
      });
      return foldLayers(graph, parts, volume);
    },
  ),
  AvgPool3D: rule<tf.AvgPool3DInputs, tf.AvgPool3DAttrs>(
    (graph, { x }, attributes) => {
      const volume = poolOf(x.shape, attributes);
      const sum = (values: Value) => {
        const all = cutPlaces(graph, values, volume, 0).flat();
        const total = all.reduce((a, b) => add(graph, a, b));
        return reshape(graph, total, volume.outShape);
      };
      return divide(graph, sum(x), pixelCounts(graph, volume));
    },
  ),
  AvgPool3DGrad: rule<tf.AvgPool3DGradInputs, tf.AvgPool3DGradAttrs>(
    (graph, { dy, input }, attributes) => {
      const volume = poolOf(input.shape, attributes);
      const { filterDepth, filterHeight, filterWidth } = volume;
      const places = filterHeight * filterWidth;
      // The share of each pixel is that of a whole window, at the edges too: as tfjs has it.
      const share = multiply(
        graph,
        joinDepth(graph, dy),
        graph.splat(1 / (filterDepth * places)),
      );
      const shares = new Array<Value>(places).fill(share);
      const layer = foldWindows(graph, shares, sliding(volume));
      return foldLayers(
        graph,
        new Array<Value>(filterDepth).fill(layer),
        volume,
      );
    },
  ),
};

type FiveAxes = [number, number, number, number, number];
type PoolAttributes = Omit<tf.MaxPool3DAttrs, "dataFormat" | "pad"> & {
  readonly pad: "valid" | "same" | number;
};

function poolOf(
  images: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): Volume {
  return tf.backend_util.computePool3DInfo(
    images as FiveAxes, // tfjs checked the rank
    filterSize as number, // one or three
    strides as number,
    1,
    pad,
    dimRoundingMode,
  );
}

/** What each place of all windows sees, by depth. */
function cutPlaces(
  graph: Graph,
  x: Value,
  volume: Volume,
  filler: number,
): readonly (readonly Value[])[] {
  return cutLayers(graph, x, volume, filler).map((images) =>
    windows(graph, images, sliding(volume), filler)
  );
}

/** How many pixels of a volume each window sees, [outDepth, outHeight, outWidth, 1]. */
function pixelCounts(graph: Graph, volume: Volume): Value {
  const { padInfo, outDepth, outHeight, outWidth } = volume;
  const along = (
    count: number,
    stride: number,
    filter: number,
    before: number,
    length: number,
  ) =>
    Array.from({ length: count }, (_, i) => {
      const from = i * stride - before;
      return Math.min(from + filter, length) - Math.max(from, 0);
    });
  const { strideDepth, strideHeight, strideWidth } = volume;
  const { filterDepth, filterHeight, filterWidth } = volume;
  const { inDepth, inHeight, inWidth } = volume;
  const layers = along(
    outDepth,
    strideDepth,
    filterDepth,
    padInfo.front,
    inDepth,
  );
  const rows = along(
    outHeight,
    strideHeight,
    filterHeight,
    padInfo.top,
    inHeight,
  );
  const columns = along(
    outWidth,
    strideWidth,
    filterWidth,
    padInfo.left,
    inWidth,
  );
  const counts = layers.flatMap((a) =>
    rows.flatMap((b) => columns.map((c) => a * b * c))
  );
  const shape = [outDepth, outHeight, outWidth, 1];
  return graph.constant(Float32Array.from(counts), shape, "float32");
}
