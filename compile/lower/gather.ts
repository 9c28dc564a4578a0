/**
 * Elements picked by index.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { within } from "../graph/bounds.ts";
import { binary, cast, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape, transpose } from "../graph/layout.ts";
import { elementCount, positiveAxis } from "../graph/shape.ts";
import { type ElementType, producer, type Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

export const gatherRules: Rules = {
  GatherV2: rule<tf.GatherV2Inputs, tf.GatherV2Attrs>(
    (graph, { x, indices }, { axis, batchDims = 0 }) => {
      const from = positiveAxis(axis, x.shape.length);
      const length = x.shape[from]!; // the axis exists
      const known = within(graph, "GatherV2", indices, [length]);
      if (batchDims === 0) return gather(graph, x, known, from);
      return gatherRows(graph, x, known, from, batchDims);
    },
  ),
  GatherNd: rule<tf.GatherNdInputs>((graph, { params, indices }) => {
    const depth = indices.shape.at(-1) ?? 0;
    const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
    const [first, ...others] = params.shape.slice(0, depth);
    const known = first === undefined
      ? indices
      : within(graph, "GatherNd", indices, [first, ...others]);
    const wide = cast(graph, known, "int64");
    return graph.apply("GatherND", [params, wide], shape);
  }),
  OneHot: rule<tf.OneHotInputs, tf.OneHotAttrs>(
    (graph, { indices }, { depth, onValue, offValue, dtype }) => {
      const type = dtype as ElementType; // tfjs has no one-hot strings
      const isHot = oneHotMask(graph, indices, depth);
      if (onValue === 1 && offValue === 0) return cast(graph, isHot, type);
      const [on, off] = [onValue, offValue].map((value) => {
        return graph.splat(value, [], type);
      });
      return where(graph, isHot, on!, off!); // two in, two out
    },
  ),
};

/** Picks from an axis; bytes of a table are widened after picking. */
function gather(graph: Graph, x: Value, indices: Value, axis: number): Value {
  const narrow = producer(x, "Cast")?.inputs[0];
  if (narrow?.dtype === "uint8") {
    return cast(graph, gather(graph, narrow, indices, axis), x.dtype);
  }
  const shape = x.shape.toSpliced(axis, 1, ...indices.shape);
  return graph.apply("Gather", [x, indices], shape, { axis });
}

/** Picks from each row its own elements: [B, O, A, I] by [B, K] gives [B, O, K, I]. */
function gatherRows(
  graph: Graph,
  x: Value,
  indices: Value,
  axis: number,
  batchDims: number,
): Value {
  const batch = x.shape.slice(0, batchDims);
  const outer = x.shape.slice(batchDims, axis);
  const inner = x.shape.slice(axis + 1);
  const [rows, blocks, columns] = [batch, outer, inner].map(elementCount);
  const length = x.shape[axis]!; // the axis exists
  const apart = reshape(graph, x, [rows!, blocks!, length, columns!]); // three of each
  const inFront = transpose(graph, apart, [0, 2, 1, 3]);
  const picks = elementCount(indices.shape) / rows!;
  const wide = reshape(graph, cast(graph, indices, "int64"), [rows!, picks, 1]);
  const shape = [rows!, picks, blocks!, columns!];
  const attributes = { "batch_dims": 1 };
  const picked = graph.apply("GatherND", [inFront, wide], shape, attributes);
  const ordered = transpose(graph, picked, [0, 2, 1, 3]);
  const kept = indices.shape.slice(batchDims);
  return reshape(graph, ordered, [...batch, ...outer, ...kept, ...inner]);
}

/** Which class each index names: bool, [...indices, depth]. */
export function oneHotMask(graph: Graph, indices: Value, depth: number): Value {
  const column = reshape(graph, indices, [...indices.shape, 1]);
  const classes = Int32Array.from({ length: depth }, (_, i) => i);
  const row = graph.constant(classes, [depth], "int32");
  return binary(graph, "Equal", cast(graph, column, "int32"), row, "bool");
}
