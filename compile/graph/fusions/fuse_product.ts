/**
 * Work that a matrix product does on the way: it adds a bias, and multiplies by a number.
 * @module
 */
import type { Fusion, Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { multiply } from "../arithmetic.ts";
import { reshape } from "../layout.ts";
import { isModerate } from "../product.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import {
  type GraphNode,
  operandOf,
  type Result,
  type Value,
} from "../value.ts";

/** Operations that multiply by a number on the way. */
const PRODUCTS = new Set(["Gemm", "FusedMatMul"]);

/** a b + c, also where the product has been given another shape before the bias is added to its rows. */
function addBias(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  surroundings: Surroundings,
): Value | undefined {
  if (op !== "Add") return undefined;
  const { shape } = results[0]!; // of an operation with one
  const [x, y] = inputs as readonly [Value, Value]; // a binary operation
  for (const [sum, bias] of [[x, y], [y, x]] as const) {
    if (!sameShape(sum.shape, shape)) continue;
    const product = productBehind(sum, surroundings);
    if (product?.node.op !== "Gemm" || product.node.inputs.length > 2) continue;
    const isRow = bias.shape.length <= 1 &&
      product.shape.at(-1) === sum.shape.at(-1);
    const isInPlace = sameShape(product.shape, sum.shape) &&
      sameShape(broadcastShapes(product.shape, bias.shape), product.shape);
    if (!isRow && !isInPlace) continue;
    const factors = product.node.inputs as readonly [Value, Value]; // counted above
    const terms = [...factors, surroundings.now(bias)] as const;
    const { attributes } = product.node;
    const fused = graph.apply("Gemm", terms, product.shape, attributes);
    return reshape(graph, fused, shape);
  }
  return undefined;
}

/** The matrix product that a value is, or is another shape of, if nobody else uses it. */
function productBehind(
  value: Value,
  surroundings: Surroundings,
): Result | undefined {
  if (!surroundings.isFree(value)) return undefined;
  const inner = operandOf(value, "Reshape");
  if (inner) return productBehind(inner, surroundings);
  const fused = surroundings.now(value);
  const current = operandOf(fused, "Reshape") ?? fused; // of a product that took a bias in, for this value alone
  const isProduct = current.kind === "result" && PRODUCTS.has(current.node.op);
  return isProduct ? current : undefined;
}

/** c (a b), or c (a b) + c times a bias, also where the product has been given another shape before. */
function multiplyInside(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  surroundings: Surroundings,
): Value | undefined {
  if (op !== "Mul") return undefined;
  const [x, y] = inputs as readonly [Value, Value]; // a binary operation
  for (const [value, by] of [[x, y], [y, x]] as const) {
    if (by.kind !== "splat" || by.shape.length > 0) continue;
    if (!isModerate(by.value)) continue;
    const product = productBehind(value, surroundings);
    if (!product) continue;
    const { op, attributes } = product.node;
    const [a, b, bias] = product.node.inputs as [Value, Value, Value?];
    if (bias && bias.shape.length > 1) continue; // as many numbers as the product may have
    const { float } = attributes["alpha"] as { readonly float: number }; // as the rules make them
    const alpha = { float: Math.fround(float * by.value) };
    const terms = bias
      ? [a, b, multiply(graph, bias, by)] as const
      : [a, b] as const;
    const scaled = { ...attributes, alpha };
    const fused = graph.apply(op, terms, product.shape, scaled);
    return reshape(graph, fused, results[0]!.shape); // nor more than one
  }
  return undefined;
}

/** Without factors, which may depend on the length of an axis. */
export const biasFusions: readonly Fusion[] = [addBias];

/** For all devices. */
export const productFusions: readonly Fusion[] = [addBias, multiplyInside];
