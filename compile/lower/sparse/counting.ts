/**
 * How often numbers occur, and where they belong among others.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add } from "../../graph/arithmetic.ts";
import { within } from "../../graph/bounds.ts";
import { binary, cast } from "../../graph/elementwise.ts";
import type { Graph } from "../../graph/graph.ts";
import { reshape } from "../../graph/layout.ts";
import { reduce } from "../../graph/reduction.ts";
import { elementCount } from "../../graph/shape.ts";
import { slice } from "../../graph/slicing.ts";
import type { Value } from "../../graph/value.ts";
import { rule, type Rules } from "../rule.ts";
import { sumSegments } from "../scatter.ts";

export const countingRules: Rules = {
  Bincount: rule<tf.BincountInputs, tf.BincountAttrs>(
    (graph, { x, weights }, { size }) => count(graph, x, weights, size),
  ),
  DenseBincount: rule<tf.DenseBincountInputs, tf.DenseBincountAttrs>(
    (graph, { x, weights }, { size, binaryOutput }) => {
      const counts = count(graph, x, weights, size);
      if (!binaryOutput || x.shape.length === 1) return counts; // tfjs counts single rows all the same
      const zero = graph.splat(0, [], counts.dtype);
      const isThere = binary(graph, "Greater", counts, zero, "bool");
      return cast(graph, isThere, counts.dtype);
    },
  ),
  SearchSorted: rule<tf.SearchSortedInputs, tf.SearchSortedAttrs>(
    (graph, { sortedSequence, values }, { side }) => {
      const [rows, length] = sortedSequence.shape;
      const row = reshape(graph, sortedSequence, [rows!, 1, length!]); // both are matrices
      const column = reshape(graph, values, [...values.shape, 1]);
      const op = side === "left" ? "Less" : "LessOrEqual";
      const isBefore = binary(graph, op, row, column, "bool");
      const ones = cast(graph, isBefore, "int32");
      return reduce(graph, "ReduceSum", ones, [2], "drop");
    },
  ),
};

/**
 * Sums weights, or counts where there are none, by what they belong to, for each row: [..., size]. What is too large
 * goes to a place of its own, which is cut off.
 */
function count(graph: Graph, x: Value, weights: Value, size: number): Value {
  const length = x.shape.at(-1)!; // vectors or matrices
  const rows = elementCount(x.shape) / length;
  const limit = graph.splat(size, [], "int32");
  const smaller = binary(graph, "Min", x, limit);
  const known = within(graph, "Bincount", smaller, [size + 1]);
  const offsets = Int32Array.from({ length: rows }, (_, i) => i * (size + 1));
  const starts = graph.constant(offsets, [rows, 1], "int32");
  const places = rows === 1 ? known : add(graph, known, starts);
  const values = elementCount(weights.shape) > 0
    ? weights
    : graph.splat(1, x.shape, weights.dtype);
  const sums = sumSegments(
    graph,
    reshape(graph, values, [rows * length, 1]),
    reshape(graph, places, [rows * length]),
    rows * (size + 1),
  );
  const table = reshape(graph, sums, [rows, size + 1]);
  const counts = slice(graph, table, [0, 0], [rows, size]);
  return reshape(graph, counts, x.shape.with(-1, size));
}
