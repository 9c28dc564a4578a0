import { Graph } from "../../../compile/graph/graph.ts";
import type { Value } from "../../../compile/graph/value.ts";

/** A graph, what it is fed, and numbers in it. */
export interface Makings
  extends Record<"x" | "y" | "s" | "row" | "column", Value> {
  readonly graph: Graph;
  /** Whole numbers, and bytes. */
  readonly i: Value;
  readonly u: Value;
  /** Truth values. */
  readonly p: Value;
  readonly q: Value;
  /** The same number everywhere. */
  readonly n: (value: number, shape?: readonly number[]) => Value;
}

/** Makes a graph, and what tests compute in it. */
export function makings(): Makings {
  const graph = new Graph();
  const fed = (name: string, shape: readonly number[], dtype = "float32") =>
    graph.placeholder(name, shape, dtype as Value["dtype"]); // one of them
  return {
    graph,
    ...{ x: fed("x", [2, 3]), y: fed("y", [2, 3]), s: fed("s", []) },
    ...{ row: fed("row", [1, 3]), column: fed("column", [4, 1]) },
    ...{ i: fed("i", [2, 3], "int32"), u: fed("u", [2, 3], "uint8") },
    ...{ p: fed("p", [2, 3], "bool"), q: fed("q", [2, 3], "bool") },
    n: (value, shape = []) => graph.splat(value, shape),
  };
}
