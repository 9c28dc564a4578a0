/**
 * Sums of matrix products as one product, as the gradient of a weight is that many steps use.
 * @module
 */
import type { Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { reshape } from "../layout.ts";
import { sameShape, type Shape } from "../shape.ts";
import { concat } from "../slicing.ts";
import { type GraphNode, operandOf, producer, type Value } from "../value.ts";

/**
 * a^T b + c^T d = [a, c]^T [b, d], with rows below each other: the sum is written once instead of once for each step.
 */
export function sumOfProducts(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  surroundings: Surroundings,
): Value | undefined {
  if (op !== "Add") return undefined;
  const [x, y] = inputs.map((input) => productBehind(input, surroundings));
  if (!x || !y || !sameShape(x.shape, y.shape)) return undefined;
  if (x.alpha !== y.alpha) return undefined;
  const [m, n] = x.shape;
  const least = Math.min(x.depth, y.depth);
  if (least * (m! + n!) > m! * n!) return undefined; // a matrix; joining costs more than it saves
  const right = below(graph, x.right, y.right);
  const left = below(graph, x.left, y.left);
  const alpha = { float: x.alpha };
  const attributes = { transA: 1, transB: 0, alpha };
  const sum = graph.apply("Gemm", [left, right], x.shape, attributes);
  return reshape(graph, sum, results[0]!.shape); // of an operation with one
}

interface Product {
  readonly shape: Shape;
  readonly left: Value;
  readonly right: Value;
  readonly alpha: number;
  /** Rows that are summed. */
  readonly depth: number;
}

/** The product that a value is, or is another shape of, if nobody else uses it. */
function productBehind(
  value: Value,
  surroundings: Surroundings,
): Product | undefined {
  if (!surroundings.isFree(value)) return undefined;
  const inner = operandOf(value, "Reshape");
  if (inner) return productBehind(inner, surroundings);
  const current = surroundings.now(value);
  return productOf(operandOf(current, "Reshape") ?? current);
}

/** A product whose sums run over the rows of the right factor, and of the left one, which is transposed. */
function productOf(value: Value): Product | undefined {
  const node = producer(value, "Gemm");
  const [left, right, bias] = node?.inputs ?? [];
  if (!node || !left || !right || bias) return undefined;
  const { transA, transB, alpha } = node.attributes;
  if (transA !== 1 || transB !== 0) return undefined;
  return {
    shape: value.shape,
    left,
    right,
    alpha: (alpha as { readonly float: number }).float, // as the rules make them
    depth: right.shape[0]!, // a matrix
  };
}

/** The rows of two matrices; those of a join are joined anew. */
function below(graph: Graph, a: Value, b: Value): Value {
  return concat(graph, [...rowsOf(a), ...rowsOf(b)], 0);
}

function rowsOf(value: Value): readonly Value[] {
  const join = producer(value, "Concat");
  return join?.attributes["axis"] === 0 ? join.inputs : [value];
}
