/**
 * Indices that lie within what they index, or the call fails.
 *
 * What is fed is checked before anything runs; indices that a graph computes are kept within bounds there, and handed
 * out, so that the call fails before its results are taken.
 * @module
 */
import { CompileError } from "../compile_error.ts";
import { binary, where } from "./elementwise.ts";
import { fedPositions } from "./fed_positions.ts";
import type { Graph } from "./graph.ts";
import { extremes, integerRange } from "./integer_range.ts";
import { reshape } from "./layout.ts";
import { nodesInOrder } from "./order.ts";
import { type AxisLengths, firstOutside } from "./index_check.ts";
import { elementCount } from "./shape.ts";
import { operandOf, type Value } from "./value.ts";

/**
 * Takes care that indices, from 0 on, lie within what they index.
 *
 * @param indices int32
 * @returns What to use in their place.
 * @throws {CompileError} If they are known, and do not.
 */
export function within(
  graph: Graph,
  kernel: string,
  indices: Value,
  lengths: AxisLengths,
): Value {
  const [least, greatest] = integerRange(indices);
  const shortest = Math.min(...lengths);
  if (least >= 0 && greatest < shortest) return indices;
  if (elementCount(indices.shape) === 0) return indices;
  if (shortest === 0) {
    throw new CompileError(
      `Cannot compile ${kernel} along an axis of length 0: it has no elements`,
    );
  }
  if (indices.kind === "constant" || indices.kind === "splat") {
    checkKnown(kernel, indices, lengths);
    return indices;
  }
  if (graph.bounds === "trapped") return trapped(graph, indices, lengths);
  return checked(graph, kernel, indices, lengths);
}

/** Tells whether indices were taken care of before, in whatever shape. */
export function isWithin(
  graph: Graph,
  indices: Value,
  length: number,
): boolean {
  const [least, greatest] = integerRange(indices);
  return (least >= 0 && greatest < length) ||
    graph.checks.has(keyOf(indices, [length]));
}

function checked(
  graph: Graph,
  kernel: string,
  indices: Value,
  lengths: AxisLengths,
): Value {
  const key = keyOf(indices, lengths);
  const known = graph.checks.get(key);
  if (known && "places" in known) return indices;
  if (known) return reshape(graph, known.clipped, indices.shape);
  const fed = fedPositions(indices);
  if (fed) {
    graph.checks.set(key, { ...fed, kernel, lengths });
    return indices;
  }
  const clipped = clip(graph, indices, lengths);
  const inputs = inputsOf(indices);
  graph.checks.set(key, { kernel, lengths, indices, clipped, inputs });
  return clipped;
}

function clip(graph: Graph, indices: Value, lengths: AxisLengths): Value {
  const { shape, dtype } = indices;
  const zero = graph.splat(0, [], dtype);
  const last = lengths.map((length) => length - 1);
  if (lengths.length === 1) {
    const most = graph.splat(last[0]!, [], dtype); // one
    return graph.apply("Clip", [indices, zero, most], shape);
  }
  const most = graph.constant(last, [last.length], dtype);
  const below = binary(graph, "Min", indices, most);
  return binary(graph, "Max", below, zero);
}

/** Where nobody looks, an index below 0 is made one above all, which runtimes refuse: otherwise it counts from the end. */
function trapped(graph: Graph, indices: Value, lengths: AxisLengths): Value {
  const zero = graph.splat(0, [], indices.dtype);
  const above = graph.constant(lengths, [lengths.length], indices.dtype);
  const outside = lengths.length === 1
    ? graph.splat(lengths[0], [], indices.dtype)
    : above;
  const isBelow = binary(graph, "Less", indices, zero, "bool");
  return where(graph, isBelow, outside, indices);
}

function checkKnown(
  kernel: string,
  indices: Value & { readonly kind: "constant" | "splat" },
  lengths: AxisLengths,
): void {
  const numbers = indices.kind === "splat" ? [indices.value] : indices.data;
  const outside = firstOutside(
    lengths.length === 1 && indices.kind === "constant"
      ? extremes(numbers)
      : numbers,
    lengths,
  );
  if (!outside) return;
  throw new CompileError(
    `Expected indices of ${kernel} to be from 0 to ${
      outside.length - 1
    } but found ${outside.index}`,
  );
}

/** The numbers that count, whatever their shape. */
function keyOf(indices: Value, lengths: AxisLengths): string {
  let value = indices;
  for (;;) {
    const inner = operandOf(value, "Reshape");
    if (!inner) return `${value.id} ${lengths}`;
    value = inner;
  }
}

function inputsOf(value: Value): readonly string[] {
  const names = nodesInOrder([value]).flatMap(({ inputs }) => inputs)
    .flatMap((input) => input.kind === "placeholder" ? [input.name] : []);
  return [...new Set(names)].filter((name) => name.startsWith("input/"))
    .map((name) => name.slice("input/".length));
}
