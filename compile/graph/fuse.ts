/**
 * Work that a matrix product does on the way, once it is known who else uses its result.
 * @module
 */
import type { Graph } from "./graph.ts";
import { reshape } from "./layout.ts";
import { nodesInOrder } from "./order.ts";
import { broadcastShapes, sameShape } from "./shape.ts";
import type { GraphNode, Result, Value } from "./value.ts";

/**
 * Adds biases, and multiplies by numbers, inside of matrix products.
 *
 * @param graph Makes the new values.
 * @param outputs What is to be computed, by name.
 * @returns The same outputs, computed by fewer nodes.
 */
export function fuse(
  graph: Graph,
  outputs: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const nodes = nodesInOrder(outputs.values());
  const uses = countUses(nodes, outputs);
  const isFree = (value: Value) => uses.get(value) === 1;
  const replaced = new Map<Value, Value>();
  const now = (value: Value) => replaced.get(value) ?? value;
  for (const node of nodes) {
    const [result] = node.results;
    const fused = addBias(graph, node, now, isFree) ??
      multiplyInside(graph, node, now, isFree) ??
      reshapeOnce(graph, node, now);
    if (fused && result) replaced.set(result, fused);
    else {rebuild(graph, node, now).forEach((value, i) => {
        replaced.set(node.results[i]!, value); // as many as before
      });}
  }
  return new Map([...outputs].map(([name, value]) => [name, now(value)]));
}

type Now = (value: Value) => Value;
type IsFree = (value: Value) => boolean;

function countUses(
  nodes: readonly GraphNode[],
  outputs: ReadonlyMap<string, Value>,
): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  const use = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1);
  for (const { inputs } of nodes) inputs.forEach(use);
  for (const value of outputs.values()) use(value);
  return uses;
}

function rebuild(graph: Graph, node: GraphNode, now: Now): readonly Result[] {
  const { op, inputs, results, attributes } = node;
  const current = inputs.map(now);
  if (current.every((input, i) => input === inputs[i])) return results;
  return graph.applyMany(op, current, results, attributes);
}

/** a b + c, also where the product has been given another shape before the bias is added to its rows. */
function addBias(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  now: Now,
  isFree: IsFree,
): Value | undefined {
  if (op !== "Add") return undefined;
  const [result] = results;
  const [x, y] = inputs as readonly [Value, Value]; // a binary operation
  for (const [sum, bias] of [[x, y], [y, x]] as const) {
    if (!result || !sameShape(sum.shape, result.shape)) continue;
    const product = productBehind(sum, now, isFree);
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
  now: Now,
  isFree: IsFree,
): Result | undefined {
  if (!isFree(value)) return undefined;
  const current = now(value);
  if (current.kind !== "result") return undefined;
  if (current.node.op === "Gemm") return current;
  const inner = value.kind === "result" && value.node.op === "Reshape"
    ? value.node.inputs[0]
    : undefined;
  return inner && productBehind(inner, now, isFree);
}

/** c (a b) */
function multiplyInside(
  graph: Graph,
  { op, inputs }: GraphNode,
  now: Now,
  isFree: IsFree,
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

/** A bias that went inside may have left one shape to be given after another, or one that is there already. */
function reshapeOnce(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  now: Now,
): Value | undefined {
  const [value] = inputs;
  const [result] = results;
  if (op !== "Reshape" || !value || !result) return undefined;
  return reshape(graph, now(value), result.shape);
}
