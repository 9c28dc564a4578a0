import { assertEquals } from "@std/assert";
import { add } from "../../../../compile/graph/arithmetic.ts";
import { fuse } from "../../../../compile/graph/fuse.ts";
import { blockedBias } from "../../../../compile/graph/fusions/blocked_bias.ts";
import { Graph } from "../../../../compile/graph/graph.ts";
import { nodesInOrder } from "../../../../compile/graph/order.ts";
import type { Value } from "../../../../compile/graph/value.ts";
import { findRule } from "../../../../compile/lower/mod.ts";

/** Whether a bias of a shape is added within a convolution in blocks of 16, of so many channels. */
function isFused(
  outputs: number,
  bias: readonly number[],
  others: "alone" | "used twice" = "alone",
): boolean {
  const graph = new Graph("checked", 16);
  const fed = (name: string, shape: readonly number[]) =>
    graph.placeholder(name, shape, "float32");
  const x = fed("x", [2, 5, 6, 16]);
  const filter = fed("filter", [3, 3, 16, outputs]);
  const attributes = {
    ...{ strides: [1, 1], dilations: [1, 1], pad: "same" },
    dataFormat: "NHWC",
  };
  const convolution = findRule("Conv2D", "cpu")
    .lower(graph, { x, filter }, attributes) as Value; // it has one result
  const sum = add(graph, convolution, fed("bias", bias));
  const all = new Map([["sum", sum]]);
  if (others === "used twice") all.set("convolution", convolution);
  const nodes = nodesInOrder(fuse(graph, all, [blockedBias]).values());
  const convolutions = nodes.filter(({ op }) => op === "BlockedConv");
  assertEquals(convolutions.length, 1);
  // one more row and column around the images, which keeps their size
  assertEquals(convolutions[0]!.attributes["pads"], [1, 1, 1, 1]);
  return convolutions[0]!.inputs.length === 3 &&
    nodes.every(({ op }) => op !== "Add");
}

Deno.test("a bias of a number for each channel is added within a blocked convolution", () => {
  assertEquals(isFused(16, [16]), true);
  assertEquals(isFused(32, [32]), true);
  assertEquals(isFused(32, [1, 1, 1, 32]), true);
});

Deno.test("what is no such bias, or follows a convolution that others need, is added behind it", () => {
  assertEquals(isFused(16, []), false);
  assertEquals(isFused(16, [1]), false);
  assertEquals(isFused(16, [6, 16]), false);
  assertEquals(isFused(16, [16], "used twice"), false);
});
