/**
 * Changes of shape and order; those that change nothing are dropped.
 * @module
 */
import type { Graph } from "./graph.ts";
import { elementCount, sameShape, type Shape } from "./shape.ts";
import { operandOf, producer, type Value } from "./value.ts";

/** Gives a value another shape with as many elements. */
export function reshape(graph: Graph, x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  if (elementCount(shape) === 0) return graph.constant([], shape, x.dtype); // ONNX reads a 0 as "the same length"
  if (x.kind === "splat") return graph.splat(x.value, shape, x.dtype);
  if (x.kind === "constant") return graph.constant(x.data, shape, x.dtype);
  const inner = operandOf(x, "Reshape");
  if (inner) return reshape(graph, inner, shape);
  const single = operandOf(x, "Expand");
  if (single && elementCount(single.shape) === 1) {
    const ones = shape.map(() => 1);
    return expand(graph, reshape(graph, single, ones), shape);
  }
  return toggleKeptAxes(graph, x, shape) ??
    graph.apply("Reshape", [x, graph.integers(shape)], shape);
}

/** A reduction can keep or drop the axes of length 1 by itself. */
function toggleKeptAxes(
  graph: Graph,
  x: Value,
  shape: Shape,
): Value | undefined {
  if (x.kind !== "result" || !x.node.op.startsWith("Reduce")) return undefined;
  const { op, inputs, attributes } = x.node;
  const [operand, axes] = inputs;
  if (operand === undefined || axes?.kind !== "constant") return undefined;
  const reduced = Array.from(axes.data);
  const keepdims = 1 - Number(attributes["keepdims"]);
  const toggled = keepdims
    ? operand.shape.map((length, axis) => reduced.includes(axis) ? 1 : length)
    : operand.shape.filter((_, axis) => !reduced.includes(axis));
  if (!sameShape(toggled, shape)) return undefined;
  return graph.apply(op, [operand, axes], shape, { ...attributes, keepdims });
}

/** Orders the axes anew: axis `i` of the result is axis `order[i]` of the value. */
export function transpose(
  graph: Graph,
  x: Value,
  order: readonly number[],
): Value {
  if (order.every((axis, i) => axis === i)) return x;
  const shape = order.map((axis) => x.shape[axis]!); // a permutation of the axes
  if (x.kind === "splat") return graph.splat(x.value, shape, x.dtype);
  const inner = producer(x, "Transpose");
  if (inner) {
    const first = inner.attributes["perm"] as readonly number[]; // as written below
    const both = order.map((axis) => first[axis]!); // two permutations
    return transpose(graph, inner.inputs[0]!, both); // its only input
  }
  const long = order.filter((axis) => x.shape[axis] !== 1);
  if (long.every((axis, i) => i === 0 || axis > long[i - 1]!)) {
    return reshape(graph, x, shape); // only axes of length 1 move
  }
  return graph.apply("Transpose", [x], shape, { perm: order });
}

/** Swaps the last two axes. */
export function transposeMatrix(graph: Graph, x: Value): Value {
  const order = x.shape.map((_, axis) => axis);
  const rank = order.length;
  return transpose(graph, x, [...order.slice(0, -2), rank - 1, rank - 2]);
}

/** Repeats a value along axes of length 1, and along new axes in front. */
export function expand(graph: Graph, x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.kind === "splat") return graph.splat(x.value, shape, x.dtype);
  if (elementCount(x.shape) === elementCount(shape)) {
    return reshape(graph, x, shape);
  }
  const inner = operandOf(x, "Expand");
  if (inner) return expand(graph, inner, shape);
  return graph.apply("Expand", [x, graph.integers(shape)], shape);
}
