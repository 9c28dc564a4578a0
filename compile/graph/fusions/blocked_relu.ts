/**
 * A rectifier that a convolution in blocks of channels applies on the way.
 * @module
 */
import type { Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { reshape } from "../layout.ts";
import {
  type GraphNode,
  operandOf,
  producer,
  type Result,
  type Value,
} from "../value.ts";

/** max(conv(x) + bias, 0), also where the images have been brought out of blocks before: after the bias has gone inside. */
export function blockedRelu(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  { now, isFree }: Surroundings,
): Value | undefined {
  const [x] = inputs;
  if (op !== "Relu" || !x || !isFree(x) || now(x) === x) return undefined;
  const images = operandOf(now(x), "Reshape") ?? now(x);
  const out = producer(images, "FromBlocks");
  const blocked = out?.inputs[0] ?? images;
  const convolution = producer(blocked, "BlockedConv");
  if (convolution?.inputs.length !== 3) return undefined;
  const operands = convolution.inputs as readonly [Value, Value, Value]; // counted above
  const attributes = { ...convolution.attributes, activation: "Relu" };
  const active = graph.apply(
    "BlockedConv",
    operands,
    blocked.shape,
    attributes,
  );
  const back: Result = out
    ? graph.apply("FromBlocks", [active], images.shape, out.attributes)
    : active;
  return reshape(graph, back, results[0]!.shape); // of an operation with one
}
