/**
 * x + c y in one pass, where c is a number, or one for each row.
 * @module
 */
import { negate } from "./arithmetic.ts";
import type { Surroundings } from "./fuse.ts";
import { type Graph, isSingle } from "./graph.ts";
import { expand, reshape } from "./layout.ts";
import { elementCount, sameShape, type Shape } from "./shape.ts";
import { type GraphNode, producer, type Value } from "./value.ts";

/** Rows that are shorter take longer than two passes, if c is one number. */
const SHORT = 8;
/** The numbers of one row are all left to one thread: more are dealt out. */
const LONG = 2 ** 15;

/**
 * ONNX Runtime's operation GatedAdd, which it has for the CPU: a product and a sum with the same roundings as two
 * operations, in the time of one.
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
    const { y, c } = scaled;
    const layout = layOut(shape, c);
    if (!layout) continue;
    const gate = gateOf(graph, op === "Sub" ? negate(graph, c) : c, layout);
    const terms = [now(x), y].map((term) => reshape(graph, term, layout));
    const [first, second] = terms as [Value, Value]; // two terms
    const sum = graph.apply("GatedAdd", [first, second, gate], layout);
    return reshape(graph, sum, shape);
  }
  return undefined;
}

/** y of the whole shape, times c. */
interface Scaled {
  readonly y: Value;
  readonly c: Value;
}

function takeApart(product: Value, shape: Shape): Scaled | undefined {
  const [p, q] = producer(product, "Mul")?.inputs ?? [];
  if (!p || !q) return undefined;
  for (const [y, c] of [[p, q], [q, p]] as const) {
    if (!sameShape(y.shape, shape) || isSingle(y)) continue;
    if (isSingle(c) || sameShape(c.shape, rowsOf(shape))) return { y, c };
  }
  return undefined;
}

/** The shape that x and y take: rows that are long enough, and enough rows for all threads. */
function layOut(shape: Shape, c: Value): Shape | undefined {
  const count = elementCount(shape);
  const row = shape.at(-1)!; // more than one number: an axis at least
  if (!isSingle(c)) return row > 1 ? shape : undefined;
  if (row < SHORT) return undefined;
  if (row < LONG || count > row) return shape;
  const rows = [8, 4, 2, 7, 5, 3].find((rows) => count % rows === 0);
  return rows === undefined ? undefined : [rows, count / rows];
}

/** c for each row. */
function gateOf(graph: Graph, c: Value, layout: Shape): Value {
  const rows = rowsOf(layout);
  if (!isSingle(c)) return c;
  return expand(graph, reshape(graph, c, rows.map(() => 1)), rows);
}

function rowsOf(shape: Shape): Shape {
  return [...shape.slice(0, -1), 1];
}
