/**
 * Other shapes, orders and repetitions of the same numbers; tensors of one number.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Graph } from "../graph/graph.ts";
import { expand, reshape, transpose } from "../graph/layout.ts";
import { elementCount, positiveAxis } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

export const shapeRules: Rules = {
  Identity: rule<tf.IdentityInputs>((_graph, { x }) => x),
  Reshape: rule<tf.ReshapeInputs, tf.ReshapeAttrs>(
    (graph, { x }, { shape }) => {
      const rest = elementCount(shape.filter((length) => length !== -1));
      const inferred = elementCount(x.shape) / rest;
      return reshape(
        graph,
        x,
        shape.map((length) => length === -1 ? inferred : length),
      );
    },
  ),
  ExpandDims: rule<tf.ExpandDimsInputs, tf.ExpandDimsAttrs>(
    (graph, { input }, { dim }) => {
      const axis = positiveAxis(dim, input.shape.length + 1);
      return reshape(graph, input, input.shape.toSpliced(axis, 0, 1));
    },
  ),
  Transpose: rule<tf.TransposeInputs, tf.TransposeAttrs>(
    (graph, { x }, { perm }) => transpose(graph, x, perm),
  ),
  BroadcastTo: rule<
    tf.BroadcastToInputs,
    { readonly shape: readonly number[] }
  >(
    (graph, { x }, { shape }) => expand(graph, x, shape),
  ),
  Tile: rule<tf.TileInputs, tf.TileAttrs>((graph, { x }, { reps }) => {
    return tile(graph, x, reps);
  }),
  ZerosLike: rule<tf.ZerosLikeInputs>((graph, { x }) => {
    return graph.splat(0, x.shape, x.dtype);
  }),
  OnesLike: rule<tf.OnesLikeInputs>((graph, { x }) => {
    return graph.splat(1, x.shape, x.dtype);
  }),
};

/** Repeats along each axis; axes of length 1 are broadcast by whoever uses them. */
function tile(graph: Graph, x: Value, reps: readonly number[]): Value {
  const shape = x.shape.map((length, axis) => length * reps[axis]!); // one for each axis
  const isBroadcast = x.shape.every((length, axis) => {
    return length === 1 || reps[axis] === 1;
  });
  if (isBroadcast) return expand(graph, x, shape);
  return graph.apply("Tile", [x, graph.integers(reps)], shape);
}
