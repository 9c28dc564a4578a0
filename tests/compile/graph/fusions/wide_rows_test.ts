import { assertEquals } from "@std/assert";
import {
  add,
  multiply,
  subtract,
} from "../../../../compile/graph/arithmetic.ts";
import { fuse } from "../../../../compile/graph/fuse.ts";
import { Graph } from "../../../../compile/graph/graph.ts";
import { nodesInOrder } from "../../../../compile/graph/order.ts";
import type { Value } from "../../../../compile/graph/value.ts";
import { wideRows } from "../../../../compile/graph/fusions/wide_rows.ts";
import { type Case, checkAgreement } from "../../agreement.ts";

/** How often a row is repeated, in the order of the nodes. */
function repetitions(
  take: (graph: Graph, large: Value, small: Value) => Value,
  large: readonly number[],
  small: readonly number[],
): readonly number[] {
  const graph = new Graph();
  const x = graph.placeholder("x", large, "float32");
  const y = graph.placeholder("y", small, "float32");
  const outputs = new Map([["z", take(graph, x, y)]]);
  const fused = fuse(graph, outputs, [wideRows]).get("z")!; // named above
  assertEquals(fused.shape, outputs.get("z")!.shape);
  return nodesInOrder([fused]).filter(({ op }) => op === "Tile").map((node) => {
    return node.results[0]!.shape.at(-1)! / small.at(-1)!; // rows have numbers
  });
}

Deno.test("rows of few numbers are repeated together", () => {
  assertEquals(repetitions(multiply, [64, 784, 16], [64, 1, 16]), [28]);
  assertEquals(repetitions(add, [64, 28, 28, 16], [16]), [32]);
  assertEquals(repetitions(subtract, [4, 60, 6], [1, 1, 6]), [30]);
  assertEquals(repetitions(multiply, [64, 32, 127], [64, 1, 127]), [4]);
  assertEquals(repetitions(multiply, [64, 28, 127], [64, 1, 127]), [2]); // written more than 7 times
  assertEquals(repetitions(multiply, [4, 2048, 2], [4, 1, 2]), [256]);
});

Deno.test("rows that are long, repeated seldom or in another order stay as they are", () => {
  assertEquals(repetitions(multiply, [64, 784, 128], [64, 1, 128]), []);
  assertEquals(repetitions(multiply, [64, 9, 16], [64, 1, 16]), []);
  assertEquals(repetitions(multiply, [64, 784, 16], [1, 784, 16]), []);
  assertEquals(repetitions(multiply, [64, 784, 16], [64, 784, 1]), []);
  assertEquals(repetitions(multiply, [64, 784, 1], [64, 1, 1]), []);
  assertEquals(repetitions(multiply, [64, 784, 16], [64, 784, 16]), []);
});

const sums: Readonly<Record<string, Case["fn"]>> = {
  added: (x, y) => x!.add(y!),
  subtracted: (x, y) => x!.sub(y!),
  "subtracted from": (x, y) => y!.sub(x!),
  multiplied: (x, y) => y!.mul(x!),
};
for (const [name, fn] of Object.entries(sums)) {
  Deno.test(`rows that are ${name} together give what tfjs computes`, () => {
    const inputs = [{ shape: [3, 64, 6] }, { shape: [3, 1, 6] }];
    return checkAgreement({ name, inputs, fn, terms: 64 }, "cpu");
  });
}
