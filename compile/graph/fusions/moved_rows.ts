/**
 * Rows in another order.
 * @module
 */
import type { Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { reshape } from "../layout.ts";
import { elementCount, type Shape } from "../shape.ts";
import type { GraphNode, Value } from "../value.ts";

/** Numbers of a row, at least: the shorter, the more rows there are to find. */
const SHORT = 16;
/** Fewer numbers are one thread's work in either way. */
const FEW = 2 ** 15;
/** The most rows, of which the graph holds a list. */
const MOST = 2 ** 16;

/**
 * A transposition that leaves the last axes where they are, as heads of attention take, picks rows: ONNX Runtime
 * transposes with one thread, and gathers with all.
 */
export function movedRows(
  graph: Graph,
  { op, inputs, results, attributes }: GraphNode,
  { now }: Surroundings,
): Value | undefined {
  if (op !== "Transpose") return undefined;
  const [x] = inputs.map(now);
  const order = attributes["perm"] as readonly number[]; // as `transpose()` writes it
  const moved = 1 + order.findLastIndex((axis, i) => axis !== i);
  const shape = x!.shape; // one input
  const rows = elementCount(shape.slice(0, moved));
  const length = elementCount(shape.slice(moved));
  const isWorthwhile = length >= SHORT && rows <= MOST &&
    rows * length >= FEW;
  if (!isWorthwhile || isForProducts(order)) return undefined;
  const flat = reshape(graph, x!, [rows, length]);
  const list = graph.integers(rowOrder(shape, order.slice(0, moved)));
  const picked = graph.apply("Gather", [flat, list], flat.shape, { axis: 0 });
  return reshape(graph, picked, results[0]!.shape); // of an operation with one
}

/** [a, b, ..., n] -> [b, ..., a, n]: ONNX Runtime's products read their factors in this order. */
function isForProducts(order: readonly number[]): boolean {
  const last = order.length - 1;
  return order.every((axis, i) =>
    axis === (i === last ? last : (i + 1) % last)
  );
}

/** Where the rows of the result were, for an order of the first axes. */
function rowOrder(shape: Shape, order: readonly number[]): readonly number[] {
  const steps = order.map((axis) =>
    elementCount(shape.slice(axis + 1, order.length))
  );
  return order.reduce<readonly number[]>(
    (rows, axis, i) =>
      rows.flatMap((row) =>
        Array.from({ length: shape[axis]! }, (_, at) => row + at * steps[i]!) // axes of the shape
      ),
    [0],
  );
}
