/**
 * Operations that do the work of several, chosen once it is known who else uses a result.
 * @module
 */
import type { Graph } from "./graph.ts";
import { reshape } from "./layout.ts";
import { nodesInOrder } from "./order.ts";
import type { GraphNode, Result, Value } from "./value.ts";

/** What is known when it is the turn of a node. */
export interface Surroundings {
  /** What has taken the place of a value. */
  readonly now: (value: Value) => Value;
  /** Tells whether nobody else uses a value. */
  readonly isFree: (value: Value) => boolean;
}

/** Finds an operation that does the work of a node of one result, and of nodes before it, if there is one. */
export type Fusion = (
  graph: Graph,
  node: GraphNode,
  surroundings: Surroundings,
) => Value | undefined;

/**
 * Applies the first fusion that fits to every node.
 *
 * @param graph Makes the new values.
 * @param outputs What is to be computed, by name.
 * @param fusions The best first.
 * @returns The same outputs, computed by fewer nodes.
 */
export function fuse(
  graph: Graph,
  outputs: ReadonlyMap<string, Value>,
  fusions: readonly Fusion[],
): ReadonlyMap<string, Value> {
  const nodes = nodesInOrder(outputs.values());
  const uses = countUses(nodes, outputs);
  const replaced = new Map<Value, Value>();
  const now = (value: Value) => replaced.get(value) ?? value;
  const isFree = (value: Value) => uses.get(value) === 1;
  const all = [...fusions, reshapeOnce];
  for (const node of nodes) {
    const fused = firstFit(graph, node, { now, isFree }, all);
    const values = fused ? [fused] : rebuild(graph, node, now);
    values.forEach((value, i) => {
      replaced.set(node.results[i]!, value); // as many as before
    });
  }
  return new Map([...outputs].map(([name, value]) => [name, now(value)]));
}

function firstFit(
  graph: Graph,
  node: GraphNode,
  surroundings: Surroundings,
  fusions: readonly Fusion[],
): Value | undefined {
  if (node.results.length !== 1) return undefined;
  for (const fusion of fusions) {
    const fused = fusion(graph, node, surroundings);
    if (fused) return fused;
  }
  return undefined;
}

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

function rebuild(
  graph: Graph,
  node: GraphNode,
  now: Surroundings["now"],
): readonly Result[] {
  const { op, inputs, results, attributes } = node;
  const current = inputs.map(now);
  if (current.every((input, i) => input === inputs[i])) return results;
  return graph.applyMany(op, current, results, attributes);
}

/** A bias that went inside may have left one shape to be given after another, or one that is there already. */
function reshapeOnce(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  { now }: Surroundings,
): Value | undefined {
  if (op !== "Reshape") return undefined;
  return reshape(graph, now(inputs[0]!), results[0]!.shape); // one of each, beside the shape
}
