import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fuse } from "../../../../compile/graph/fuse.ts";
import { movedRows } from "../../../../compile/graph/fusions/moved_rows.ts";
import { Graph } from "../../../../compile/graph/graph.ts";
import { transpose } from "../../../../compile/graph/layout.ts";
import { nodesInOrder } from "../../../../compile/graph/order.ts";
import { checkAgreement } from "../../agreement.ts";

/** The operations that transpose. */
function operations(
  shape: readonly number[],
  order: readonly number[],
): readonly string[] {
  const graph = new Graph();
  const x = graph.placeholder("x", shape, "float32");
  const y = transpose(graph, x, order);
  const fused = fuse(graph, new Map([["y", y]]), [movedRows]).get("y")!; // named above
  assertEquals(fused.shape, y.shape);
  return nodesInOrder([fused]).map(({ op }) => op)
    .filter((op) => op !== "Reshape");
}

Deno.test("a transposition that leaves rows whole picks them", () => {
  assertEquals(operations([16, 64, 4, 16], [0, 2, 1, 3]), ["Gather"]);
  assertEquals(operations([16, 4, 64, 32], [0, 2, 1, 3]), ["Gather"]);
  assertEquals(operations([64, 16, 4, 2, 8], [1, 0, 2, 3, 4]), ["Gather"]);
});

Deno.test("short rows, few numbers and too many rows are transposed", () => {
  assertEquals(operations([64, 64, 4, 15], [0, 2, 1, 3]), ["Transpose"]);
  assertEquals(operations([16, 64, 4, 16], [0, 1, 3, 2]), ["Transpose"]);
  assertEquals(operations([8, 64, 4, 15], [0, 2, 1, 3]), ["Transpose"]);
  assertEquals(operations([16, 31, 4, 16], [0, 2, 1, 3]), ["Transpose"]);
  assertEquals(operations([16, 32, 4, 16], [0, 2, 1, 3]), ["Gather"]);
  assertEquals(operations([16, 1024, 4, 16], [0, 2, 1, 3]), ["Gather"]);
  assertEquals(operations([17, 1024, 4, 16], [0, 2, 1, 3]), ["Transpose"]);
});

Deno.test("products read their factors in another order themselves", () => {
  assertEquals(operations([64, 16, 32], [1, 0, 2]), ["Transpose"]);
  assertEquals(operations([64, 16, 4, 16], [1, 2, 0, 3]), ["Transpose"]);
  assertEquals(operations([64, 16, 4, 16], [2, 0, 1, 3]), ["Gather"]);
});

const orders: readonly (readonly number[])[] = [
  [0, 2, 1, 3],
  [2, 1, 0, 3],
  [2, 0, 1, 3],
  [1, 0, 2, 3],
];
for (const order of orders) {
  Deno.test(`rows in the order ${order} are those that tfjs finds`, () => {
    const fn = (x?: tf.Tensor) => tf.transpose(x!, [...order]); // one input
    const inputs = [{ shape: [8, 32, 4, 40] }];
    return checkAgreement({ name: "rows", inputs, fn, terms: 1 }, "cpu");
  });
}
