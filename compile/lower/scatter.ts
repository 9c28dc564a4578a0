/**
 * Sums over elements that share an index: never by ScatterND, whose sums race between threads; and replacements.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { isWithin, within } from "../graph/bounds.ts";
import { binary, cast, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { reduce } from "../graph/reduction.ts";
import { elementCount, type Shape } from "../graph/shape.ts";
import { exactProduct } from "../graph/vector_product.ts";
import { slice } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { oneHotMask } from "./gather.ts";
import { rule, type Rules } from "./rule.ts";

/** Up to this many segments, a matrix product is faster than adding row by row. */
const SMALL_VOCABULARY = 512;

export const scatterRules: Rules = {
  UnsortedSegmentSum: rule<
    tf.UnsortedSegmentSumInputs,
    tf.UnsortedSegmentSumAttrs
  >((graph, { x, segmentIds }, { numSegments }) => {
    const rows = elementCount(segmentIds.shape);
    const inner = x.shape.slice(segmentIds.shape.length);
    const matrix = reshape(graph, x, [rows, elementCount(inner)]);
    const indices = reshape(graph, segmentIds, [rows]);
    const sums = sumSegments(graph, matrix, indices, numSegments);
    return reshape(graph, sums, [numSegments, ...inner]);
  }),
  ScatterNd: rule<tf.ScatterNdInputs, tf.ScatterNdAttrs>(
    (graph, { indices, updates }, { shape }) => {
      const depth = indices.shape.at(-1) ?? 0;
      const inner = elementCount(shape.slice(depth));
      const rows = elementCount(indices.shape.slice(0, -1));
      const [first, ...others] = shape.slice(0, depth);
      const known = first === undefined
        ? indices
        : within(graph, "ScatterNd", indices, [first, ...others]);
      const matrixOfIndices = reshape(graph, known, [rows, depth]);
      const flat = flatIndices(graph, matrixOfIndices, shape);
      const { dtype } = updates;
      const numbers = dtype === "bool"
        ? cast(graph, updates, "int32")
        : updates;
      const matrix = reshape(graph, numbers, [rows, inner]);
      const count = elementCount(shape.slice(0, depth));
      const sums = sumRows(graph, matrix, flat, count);
      return reshape(graph, cast(graph, sums, dtype), shape);
    },
  ),
  TensorScatterUpdate: [
    rule<tf.TensorScatterUpdateInputs>(
      (graph, inputs) =>
        replaceNumbers(graph, inputs) ?? replace(graph, inputs),
      ["cpu"],
    ),
    rule<tf.TensorScatterUpdateInputs>(replace, ["webgpu", "file"]),
  ],
};

interface Replacement {
  readonly tensor: Value;
  readonly indices: Value;
  readonly updates: Value;
}

function replace(
  graph: Graph,
  { tensor, indices, updates }: Replacement,
): Value {
  const known = cast(graph, knownPlaces(graph, tensor, indices), "int64");
  return graph.apply("ScatterND", [tensor, known, updates], tensor.shape);
}

/** Single numbers, where the tensor lies, if nobody else needs it: ONNX Runtime's ScatterND copies it. */
function replaceNumbers(
  graph: Graph,
  { tensor, indices, updates }: Replacement,
): Value | undefined {
  const depth = indices.shape.at(-1);
  const rows = elementCount(updates.shape);
  if (depth === undefined || depth === 0 || rows === 0) return undefined;
  if (depth !== tensor.shape.length) return undefined;
  const known = knownPlaces(graph, tensor, indices);
  const matrix = reshape(graph, known, [rows, depth]);
  const shape = [elementCount(tensor.shape)];
  const replaced = graph.apply(
    "ScatterElements",
    [
      reshape(graph, tensor, shape),
      flatIndices(graph, matrix, tensor.shape),
      reshape(graph, updates, [rows]),
    ],
    shape,
    { axis: 0 },
  );
  return reshape(graph, replaced, tensor.shape);
}

/** Indices that are checked, as far as they have to be. */
function knownPlaces(graph: Graph, tensor: Value, indices: Value): Value {
  const depth = indices.shape.at(-1) ?? 0;
  const [first, ...others] = tensor.shape.slice(0, depth);
  return first === undefined
    ? indices
    : within(graph, "TensorScatterUpdate", indices, [first, ...others]);
}

/** Leaves rows out whose segment does not exist, as tfjs does; those of a gather were checked by the gather. */
export function sumSegments(
  graph: Graph,
  matrix: Value,
  ids: Value,
  count: number,
): Value {
  if (isWithin(graph, ids, count)) {
    const known = within(graph, "UnsortedSegmentSum", ids, [count]);
    return sumRows(graph, matrix, known, count);
  }
  const zero = graph.splat(0, [], "int32");
  const end = graph.splat(count, [], "int32");
  const isBelow = binary(graph, "Less", ids, end, "bool");
  const isAbove = binary(graph, "GreaterOrEqual", ids, zero, "bool");
  const isThere = binary(graph, "And", isBelow, isAbove);
  const rows = where(graph, isThere, ids, end); // one more than there are
  const sums = sumRows(graph, matrix, rows, count + 1);
  const columns = matrix.shape[1]!; // a matrix
  return slice(graph, sums, [0, 0], [count, columns]);
}

/** Sums the rows of a matrix, [rows, columns], by index, [rows], into [count, columns]. */
function sumRows(
  graph: Graph,
  matrix: Value,
  indices: Value,
  count: number,
): Value {
  if (matrix.dtype === "float32" && count <= SMALL_VOCABULARY) {
    const oneHot = cast(graph, oneHotMask(graph, indices, count), "float32");
    const left = { matrix: oneHot, isTransposed: true };
    return exactProduct(graph, left, { matrix, isTransposed: false });
  }
  const [rows, columns] = matrix.shape;
  const column = reshape(graph, indices, [rows!, 1]); // a matrix
  const repeated = graph.apply(
    "Expand",
    [column, graph.integers([rows!, columns!])],
    matrix.shape,
  );
  const zeros = graph.splat(0, [count, columns!], matrix.dtype);
  const attributes = { axis: 0, reduction: "add" };
  return graph.apply(
    "ScatterElements",
    [zeros, repeated, matrix],
    zeros.shape,
    attributes,
  );
}

/** Row numbers, [rows], of indices into the leading axes of a shape, [rows, axes]. */
function flatIndices(graph: Graph, indices: Value, shape: Shape): Value {
  const depth = indices.shape[1]!; // a matrix
  const strides = Int32Array.from({ length: depth }, (_, axis) => {
    return elementCount(shape.slice(axis + 1, depth));
  });
  const weights = graph.constant(strides, [depth], "int32");
  const weighted = graph.apply("Mul", [indices, weights], indices.shape);
  return reduce(graph, "ReduceSum", weighted, [1], "drop");
}
