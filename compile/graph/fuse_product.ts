/**
 * Work that a matrix product does on the way: it adds a bias, and multiplies by a number.
 * @module
 */
import type { Fusion, Surroundings } from "./fuse.ts";
import type { Graph } from "./graph.ts";
import { reshape } from "./layout.ts";
import { broadcastShapes, sameShape } from "./shape.ts";
import type { GraphNode, Result, Value } from "./value.ts";

/** a b + c, also where the product has been given another shape before the bias is added to its rows. */
function addBias(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  { now, isFree }: Surroundings,
): Value | undefined {
  if (op !== "Add") return undefined;
  const [result] = results;
  const [x, y] = inputs as readonly [Value, Value]; // a binary operation
  for (const [sum, bias] of [[x, y], [y, x]] as const) {
    if (!result || !sameShape(sum.shape, result.shape)) continue;
    const product = productBehind(sum, { now, isFree });
    if (!product || product.node.inputs.length > 2) continue;
    const isRow = bias.shape.length <= 1 &&
      product.shape.at(-1) === sum.shape.at(-1);
    const isInPlace = sameShape(product.shape, sum.shape) &&
      sameShape(broadcastShapes(product.shape, bias.shape), product.shape);
    if (!isRow && !isInPlace) continue;
    const factors = product.node.inputs as readonly [Value, Value]; // counted above
    const terms = [...factors, now(bias)] as const;
    const { attributes } = product.node;
    const fused = graph.apply("Gemm", terms, product.shape, attributes);
    return reshape(graph, fused, result.shape);
  }
  return undefined;
}

/** The matrix product that a value is, or is another shape of, if nobody else uses it. */
function productBehind(
  value: Value,
  surroundings: Surroundings,
): Result | undefined {
  if (!surroundings.isFree(value)) return undefined;
  const current = surroundings.now(value);
  if (current.kind !== "result") return undefined;
  if (current.node.op === "Gemm") return current;
  const inner = value.kind === "result" && value.node.op === "Reshape"
    ? value.node.inputs[0]
    : undefined;
  return inner && productBehind(inner, surroundings);
}

/** c (a b) */
function multiplyInside(
  graph: Graph,
  { op, inputs }: GraphNode,
  { now, isFree }: Surroundings,
): Value | undefined {
  if (op !== "Mul") return undefined;
  const [x, y] = inputs as readonly [Value, Value]; // a binary operation
  for (const [value, by] of [[x, y], [y, x]] as const) {
    const product = now(value);
    if (by.kind !== "splat" || by.shape.length > 0 || !isFree(value)) continue;
    if (product.kind !== "result" || product.node.inputs.length !== 2) continue;
    const { op, attributes } = product.node;
    if (op !== "Gemm" && op !== "FusedMatMul") continue;
    const { float } = attributes["alpha"] as { readonly float: number }; // as the rules make them
    const alpha = { float: Math.fround(float * by.value) };
    const factors = product.node.inputs as readonly [Value, Value]; // counted above
    return graph.apply(op, factors, product.shape, { ...attributes, alpha });
  }
  return undefined;
}

/** For all devices. */
export const productFusions: readonly Fusion[] = [addBias, multiplyInside];
