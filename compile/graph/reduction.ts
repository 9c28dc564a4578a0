import { multiply, splitFactor } from "./arithmetic.ts";
import type { Graph } from "./graph.ts";
import { reshape } from "./layout.ts";
import { elementCount } from "./shape.ts";
import type { Value } from "./value.ts";

/** Reductions of ONNX. */
export type Reduction =
  | "ReduceSum"
  | "ReduceMean"
  | "ReduceMax"
  | "ReduceMin"
  | "ReduceProd";

/** Whether reduced axes stay, with length 1. */
export type ReducedAxes = "keep" | "drop";

/** Reduces axes, counted from the front and in order. */
export function reduce(
  graph: Graph,
  op: Reduction,
  x: Value,
  axes: readonly number[],
  reducedAxes: ReducedAxes,
): Value {
  const kept = x.shape.map((length, axis) => axes.includes(axis) ? 1 : length);
  const dropped = x.shape.filter((_, axis) => !axes.includes(axis));
  const shape = reducedAxes === "keep" ? kept : dropped;
  if (axes.every((axis) => x.shape[axis] === 1)) {
    return reshape(graph, x, shape);
  }
  if (elementCount(x.shape) === 0) {
    return graph.splat(EMPTY[op], shape, x.dtype);
  }
  const factor = op === "ReduceSum" ? splitFactor(x) : undefined;
  if (factor) { // fewer numbers to multiply
    const sum = reduce(graph, op, factor.of, axes, reducedAxes);
    return reshape(graph, multiply(graph, sum, factor.by), shape);
  }
  const keepdims = reducedAxes === "keep" ? 1 : 0;
  return graph.apply(op, [x, graph.integers(axes)], shape, { keepdims });
}

/** The reduction of no numbers. */
const EMPTY: Readonly<Record<Reduction, number>> = {
  ReduceSum: 0,
  ReduceMean: NaN,
  ReduceMax: -Infinity,
  ReduceMin: Infinity,
  ReduceProd: 1,
};
