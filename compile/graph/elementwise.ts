/**
 * Elementwise operations, whose repeated operands stay small.
 * @module
 */
import { DATA_TYPES } from "./data_type.ts";
import { type Graph, isSingle } from "./graph.ts";
import { expand, reshape } from "./layout.ts";
import { broadcastShapes, sameShape, type Shape } from "./shape.ts";
import {
  type Attributes,
  type ElementType,
  operandOf,
  type Value,
} from "./value.ts";

/** Applies an operation to each element. */
export function unary(
  graph: Graph,
  op: string,
  x: Value,
  attributes: Attributes = {},
  dtype: ElementType = x.dtype,
): Value {
  const small = withoutExpand(graph, x);
  const result = graph.apply(op, [small], small.shape, attributes, dtype);
  return expand(graph, result, x.shape);
}

/** Applies an operation to the elements of two values, which are broadcast. */
export function binary(
  graph: Graph,
  op: string,
  a: Value,
  b: Value,
  dtype: ElementType = a.dtype,
): Value {
  const shape = broadcastShapes(a.shape, b.shape);
  const [left, right] = [withoutExpand(graph, a), withoutExpand(graph, b)];
  const x = alignSingle(graph, left, right);
  const y = alignSingle(graph, right, left);
  const small = broadcastShapes(x.shape, y.shape);
  return expand(graph, graph.apply(op, [x, y], small, {}, dtype), shape);
}

/**
 * A single number beside a tensor whose last axis has length 1 takes its rank: ONNX Runtime then repeats the number in
 * one go, else for each element anew, 70 times as slowly.
 */
function alignSingle(graph: Graph, x: Value, { shape }: Value): Value {
  if (!isSingle(x) || shape.length < 2 || shape.at(-1) !== 1) return x;
  return reshape(graph, x, shape.map(() => 1));
}

/** Chooses from two values by a condition; all three are broadcast. */
export function where(
  graph: Graph,
  condition: Value,
  yes: Value,
  no: Value,
): Value {
  if (yes.dtype === "bool") { // ONNX Runtime chooses from no bools
    const [x, y] = [cast(graph, yes, "int32"), cast(graph, no, "int32")];
    return cast(graph, where(graph, condition, x, y), "bool");
  }
  const all = [condition, yes, no] as const;
  const shape = all.map((value) => value.shape).reduce(broadcastShapes);
  if (condition.kind === "splat") {
    return expand(graph, condition.value ? yes : no, shape);
  }
  const [c, x, y] = all.map((value) => withoutExpand(graph, value));
  const shapes = [c!, x!, y!].map((value) => value.shape); // three in, three out
  const small = shapes.reduce(broadcastShapes);
  const chosen = graph.apply("Where", [c!, x!, y!], small, {}, yes.dtype);
  return expand(graph, chosen, shape);
}

/** Converts to another type. */
export function cast(graph: Graph, x: Value, dtype: ElementType): Value {
  if (x.dtype === dtype) return x;
  if (x.kind === "splat") {
    return graph.splat(castNumber(x.value, dtype), x.shape, dtype);
  }
  if (x.kind === "constant") {
    const numbers = Array.from(x.data, (number) => castNumber(number, dtype));
    return graph.constant(numbers, x.shape, dtype);
  }
  const inner = operandOf(x, "Cast");
  if (inner && isWidening(inner.dtype, x.dtype)) {
    return cast(graph, inner, dtype);
  }
  return unary(graph, "Cast", x, { to: DATA_TYPES[dtype] }, dtype);
}

/** The negation of a bool. */
export function not(graph: Graph, x: Value): Value {
  return operandOf(x, "Not") ?? unary(graph, "Not", x);
}

function castNumber(value: number, dtype: ElementType): number {
  if (dtype === "bool") return value === 0 ? 0 : 1;
  if (dtype === "float32") return Math.fround(value);
  return dtype === "float64" ? value : Math.trunc(value);
}

/** No number is lost on the way. */
function isWidening(from: ElementType, to: ElementType): boolean {
  return from === "bool" || (from === "uint8" && to !== "bool") ||
    (from === "int32" && to === "int64");
}

/** The value before it was repeated: broadcasting repeats it again. */
export function withoutExpand(graph: Graph, x: Value): Value {
  if (x.kind === "splat") return graph.splat(x.value, [], x.dtype);
  return operandOf(x, "Expand") ?? x;
}

/** Tells whether broadcasting `x` with something of `shape` gives just `shape`. */
export function fits(x: Value, shape: Shape): boolean {
  return sameShape(broadcastShapes(x.shape, shape), shape);
}
