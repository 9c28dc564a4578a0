/**
 * Parts of tensors, and tensors from parts.
 * @module
 */
import type { Graph } from "./graph.ts";
import { elementCount, type Shape } from "./shape.ts";
import type { Value } from "./value.ts";

/** Takes `size[axis]` elements along each axis, from `begin[axis]` on, every `strides[axis]`-th. */
export function slice(
  graph: Graph,
  x: Value,
  begin: readonly number[],
  size: Shape,
  strides: readonly number[] = size.map(() => 1),
): Value {
  if (x.kind === "splat") return graph.splat(x.value, size, x.dtype);
  const backward = strides.findIndex((stride) => stride < 0);
  if (backward !== -1) { // ONNX Runtime on WebGPU slices backward wrongly
    const picked = pick(graph, x, backward, [
      begin[backward]!, // one for each axis
      size[backward]!,
      strides[backward]!,
    ]);
    const from = begin.with(backward, 0);
    return slice(graph, picked, from, size, strides.with(backward, 1));
  }
  const axes = size.flatMap((length, axis) => {
    return length === x.shape[axis] && strides[axis] === 1 ? [] : [axis];
  });
  if (axes.length === 0) return x;
  const starts = axes.map((axis) => begin[axis]!); // one for each axis, as are the strides
  const steps = axes.map((axis) => strides[axis]!);
  const ends = axes.map((axis, i) => starts[i]! + size[axis]! * steps[i]!);
  const isDense = steps.every((step) => step === 1);
  const lists = [starts, ends, axes, ...isDense ? [] : [steps]];
  const bounds = lists.map((list) => graph.integers(list));
  return graph.apply("Slice", [x, ...bounds], size);
}

/** Takes `count` elements along an axis, from `begin` on, a stride apart. */
function pick(
  graph: Graph,
  x: Value,
  axis: number,
  [begin, count, stride]: readonly [number, number, number],
): Value {
  const at = Int32Array.from({ length: count }, (_, i) => begin + i * stride);
  const indices = graph.constant(at, [count], "int32");
  return graph.apply("Gather", [x, indices], x.shape.with(axis, count), {
    axis,
  });
}

/** Joins values along an axis. */
export function concat(
  graph: Graph,
  parts: readonly Value[],
  axis: number,
): Value {
  const filled = parts.filter((part) => elementCount(part.shape) > 0);
  const [first, ...rest] = filled.length > 0 ? filled : parts;
  if (!first) throw new RangeError("Expected parts to join but found none");
  if (rest.length === 0) return first;
  const length = filled.reduce((sum, part) => sum + part.shape[axis]!, 0); // all have the axis
  const shape = first.shape.with(axis, length);
  return graph.apply("Concat", [first, ...rest], shape, { axis });
}

/** Surrounds a value with a number: `before` and `after` count the new elements of each axis. */
export function pad(
  graph: Graph,
  x: Value,
  before: readonly number[],
  after: readonly number[],
  value = 0,
): Value {
  if ([...before, ...after].every((count) => count === 0)) return x;
  const shape = x.shape.map((length, axis) => {
    return length + before[axis]! + after[axis]!; // one for each axis
  });
  const counts = graph.integers([...before, ...after]);
  const filler = graph.splat(value, [], x.dtype);
  return graph.apply("Pad", [x, counts, filler], shape, { mode: "constant" });
}
