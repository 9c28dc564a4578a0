/**
 * Layers of volumes, [batch, depth, height, width, channels]: those that one depth of all windows sees are images.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add } from "../../graph/arithmetic.ts";
import type { Graph } from "../../graph/graph.ts";
import { reshape } from "../../graph/layout.ts";
import { pad, slice } from "../../graph/slicing.ts";
import type { Value } from "../../graph/value.ts";
import type { Sliding } from "../window.ts";

/** How windows slide over volumes: what tfjs's `computeConv3DInfo()` and `computePool3DInfo()` find. */
export type Volume = tf.backend_util.Conv3DInfo;

/** How the images of one layer are seen. */
export function sliding(volume: Volume): Sliding {
  return { ...volume, batchSize: volume.batchSize * volume.outDepth };
}

/** [batch, depth, ...] -> [batch depth, ...] */
export function joinDepth(graph: Graph, x: Value): Value {
  const [batch, depth, ...image] = x.shape;
  return reshape(graph, x, [batch! * depth!, ...image]); // volumes have five axes
}

/** What each depth of all windows sees: [batch outDepth, height, width, channels]. */
export function cutLayers(
  graph: Graph,
  x: Value,
  volume: Volume,
  filler: number,
): readonly Value[] {
  const { front, back } = volume.padInfo;
  const padded = pad(
    graph,
    x,
    [0, front, 0, 0, 0],
    [0, back, 0, 0, 0],
    filler,
  );
  const size = x.shape.with(1, volume.outDepth);
  return Array.from({ length: volume.filterDepth }, (_, depth) => {
    const from = depth * volume.dilationDepth;
    const strides = [1, volume.strideDepth, 1, 1, 1];
    const begin = [0, from, 0, 0, 0];
    return joinDepth(graph, slice(graph, padded, begin, size, strides));
  });
}

/** Adds up what each depth of the windows gives back: the adjoint of `cutLayers()`; dilation 1. */
export function foldLayers(
  graph: Graph,
  parts: readonly Value[],
  volume: Volume,
): Value {
  const { batchSize, inDepth, outDepth, strideDepth, inShape } = volume;
  const { front } = volume.padInfo;
  const image = inShape.slice(2).reduce((a, b) => a * b, 1);
  const reach = (outDepth - 1) * strideDepth + 1;
  const whole = Math.max(front + inDepth, reach + volume.filterDepth - 1);
  const sums = parts.map((part, depth) => {
    const apart = reshape(graph, part, [batchSize, outDepth, 1, image]);
    const gaps = pad(graph, apart, [0, 0, 0, 0], [0, 0, strideDepth - 1, 0]);
    const rows = reshape(graph, gaps, [
      batchSize,
      outDepth * strideDepth,
      image,
    ]);
    const cut = slice(graph, rows, [0, 0, 0], [batchSize, reach, image]);
    return pad(graph, cut, [0, depth, 0], [0, whole - depth - reach, 0]);
  });
  const sum = sums.reduce((a, b) => add(graph, a, b));
  const inside = slice(graph, sum, [0, front, 0], [batchSize, inDepth, image]);
  return reshape(graph, inside, inShape);
}
