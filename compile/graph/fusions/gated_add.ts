/**
 * x + c y in one pass, where c is a number, or one for each row.
 * @module
 */
import { negate, type Scaled, splitFactor } from "../arithmetic.ts";
import type { Surroundings } from "../fuse.ts";
import { type Graph, isSingle } from "../graph.ts";
import { expand, reshape } from "../layout.ts";
import { elementCount, sameShape, type Shape } from "../shape.ts";
import { type GraphNode, producer, type Value } from "../value.ts";

/** Rows that are shorter take longer than two passes, if c is one number. */
const SHORT = 8;
/** A row is all one thread's: a single one that is longer takes longer than two passes of many threads. */
const LONG = 2 ** 15;

/**
 * ONNX Runtime's operation GatedAdd, which it has for the CPU: a product and a sum in the time of a sum. On x86-64 its
 * roundings are those of the two; on ARM the product is not rounded.
 */
export function gatedAdd(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  { now, isFree }: Surroundings,
): Value | undefined {
  if (op !== "Add" && op !== "Sub") return undefined;
  const [a, b] = inputs as readonly [Value, Value]; // a binary operation
  const { shape, dtype } = results[0]!; // nor more than one
  if (dtype !== "float32") return undefined;
  const orders = op === "Add" ? [[a, b], [b, a]] as const : [[a, b]] as const;
  for (const [x, product] of orders) {
    const scaled = isFree(product) && takeApart(now(product), shape);
    if (!scaled || !sameShape(x.shape, shape)) continue;
    const { of: y, by: c } = scaled;
    if (!isWorthwhile(shape, c)) continue;
    const gate = gateOf(graph, op === "Sub" ? negate(graph, c) : c, shape);
    return graph.apply("GatedAdd", [now(x), y, gate], shape);
  }
  return undefined;
}

/** Takes a product apart into a tensor of the whole shape, and a number or one for each row. */
function takeApart(product: Value, shape: Shape): Scaled | undefined {
  const scaled = splitFactor(product) ?? splitRows(product, rowsOf(shape));
  return scaled && sameShape(scaled.of.shape, shape) ? scaled : undefined;
}

function splitRows(product: Value, rows: Shape): Scaled | undefined {
  const [a, b] = producer(product, "Mul")?.inputs ?? [];
  if (!a || !b) return undefined;
  if (sameShape(b.shape, rows)) return { of: a, by: b };
  return sameShape(a.shape, rows) ? { of: b, by: a } : undefined;
}

function isWorthwhile(shape: Shape, c: Value): boolean {
  const row = shape.at(-1)!; // more than one number: an axis at least
  if (!isSingle(c)) return row > 1;
  return row >= SHORT && (row < LONG || elementCount(shape) > row);
}

/** c for each row. */
function gateOf(graph: Graph, c: Value, shape: Shape): Value {
  const rows = rowsOf(shape);
  if (!isSingle(c)) return c;
  return expand(graph, reshape(graph, c, rows.map(() => 1)), rows);
}

function rowsOf(shape: Shape): Shape {
  return [...shape.slice(0, -1), 1];
}
