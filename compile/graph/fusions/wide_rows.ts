/**
 * Short rows that are repeated over a tensor, taken together to longer ones.
 * @module
 */
import type { Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { reshape } from "../layout.ts";
import { elementCount, sameShape, type Shape } from "../shape.ts";
import type { GraphNode, Value } from "../value.ts";

const OPERATIONS = new Set(["Add", "Sub", "Mul"]);
/** Rows of this length or more are fast as they are. */
const LONG = 128;
/** About as long as rows are made. */
const WANTED = 512;
/** A row is written so often at least that repeating it costs little. */
const OFTEN = 8;

/**
 * [batch, n k, channel] with [batch, 1, channel], as [batch, n, k channel] with the row repeated k times: ONNX Runtime
 * starts anew for each row, which takes half as long again for 16 numbers.
 */
export function wideRows(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  { now }: Surroundings,
): Value | undefined {
  if (!OPERATIONS.has(op)) return undefined;
  const { shape, dtype } = results[0]!; // of an operation with one
  if (dtype !== "float32") return undefined;
  const [a, b] = inputs.map(now) as [Value, Value]; // a binary operation
  const [large, small] = sameShape(a.shape, shape) ? [a, b] : [b, a];
  if (!sameShape(large.shape, shape) || small.kind === "splat") {
    return undefined;
  }
  const found = split(shape, small.shape);
  if (!found) return undefined;
  const { outer, rows, channels, repeated } = found;
  const times = repetitions(rows, channels);
  if (times === undefined) return undefined;
  const wide = reshape(graph, large, [outer, rows / times, times * channels]);
  const row = reshape(graph, small, [repeated, 1, channels]);
  const long = graph.apply(
    "Tile",
    [row, graph.integers([1, 1, times])],
    [repeated, 1, times * channels],
  );
  const operands = large === a ? [wide, long] as const : [long, wide] as const;
  return reshape(graph, graph.apply(op, operands, wide.shape), shape);
}

/** [outer, rows, channels], where the other has [outer or 1, 1, channels]. */
function split(shape: Shape, other: Shape) {
  const channels = shape.at(-1);
  if (channels === undefined || channels < 2 || channels >= LONG) {
    return undefined;
  }
  const ones = shape.length - other.length;
  const whole = [...new Array<number>(ones).fill(1), ...other];
  if (whole.at(-1) !== channels) return undefined;
  const last = whole.slice(0, -1).findLastIndex((length) => length > 1);
  const isOuter = last < 0 ||
    sameShape(whole.slice(0, last + 1), shape.slice(0, last + 1));
  if (!isOuter) return undefined;
  const outer = elementCount(shape.slice(0, last + 1));
  const rows = elementCount(shape.slice(last + 1, -1));
  return { outer, rows, channels, repeated: outer };
}

/** How many rows to take together: a divisor of their number. */
function repetitions(rows: number, channels: number): number | undefined {
  for (let times = Math.floor(WANTED / channels); times > 1; times--) {
    if (rows % times === 0 && rows / times >= OFTEN) return times;
  }
  return undefined;
}
