/**
 * Images of another size.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, multiply, subtract } from "../../graph/arithmetic.ts";
import { cast } from "../../graph/elementwise.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Value } from "../../graph/value.ts";
import {
  type AxisResize,
  linearNeighbours,
  nearestNeighbour,
} from "../../resize_map.ts";
import { rule, type Rules } from "../rule.ts";

export const resizeRules: Rules = {
  ResizeNearestNeighbor: rule<
    tf.ResizeNearestNeighborInputs,
    tf.ResizeNearestNeighborAttrs
  >((graph, { images }, attributes) => {
    return resizes(images, attributes).reduce((resized, [axis, resize]) => {
      return pick(graph, resized, nearestNeighbour(resize), axis);
    }, images);
  }),
  ResizeBilinear: rule<tf.ResizeBilinearInputs, tf.ResizeBilinearAttrs>(
    (graph, { images }, attributes) => {
      const numbers = cast(graph, images, "float32");
      return resizes(images, attributes).reduce((resized, [axis, resize]) => {
        return interpolate(graph, resized, resize, axis);
      }, numbers);
    },
  ),
};

/** Across first, then down, as tfjs computes. */
function resizes(
  { shape }: Value,
  { size, alignCorners, halfPixelCenters }: tf.ResizeBilinearAttrs,
): readonly (readonly [axis: number, AxisResize])[] {
  const [height, width] = size;
  const along = (axis: number, to: number) => {
    const from = shape[axis]!; // images have four axes
    return [axis, { from, to, alignCorners, halfPixelCenters }] as const;
  };
  return [along(2, width), along(1, height)];
}

function pick(
  graph: Graph,
  x: Value,
  places: readonly number[],
  axis: number,
): Value {
  if (places.length === x.shape[axis] && places.every((p, i) => p === i)) {
    return x;
  }
  const indices = Int32Array.from(places);
  const list = graph.constant(indices, [places.length], "int32");
  const shape = x.shape.with(axis, places.length);
  return graph.apply("Gather", [x, list], shape, { axis });
}

function interpolate(
  graph: Graph,
  x: Value,
  resize: AxisResize,
  axis: number,
): Value {
  const { first, second, share } = linearNeighbours(resize);
  const low = pick(graph, x, first, axis);
  if (share.every((part) => part === 0)) return low;
  const shape = x.shape.map((_, i) => i === axis ? share.length : 1);
  const shares = graph.constant(Float32Array.from(share), shape, "float32");
  const difference = subtract(graph, pick(graph, x, second, axis), low);
  return add(graph, low, multiply(graph, difference, shares));
}
