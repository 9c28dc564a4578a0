/**
 * A bias that a convolution in blocks of channels adds on the way.
 * @module
 */
import type { Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { reshape } from "../layout.ts";
import { elementCount, sameShape } from "../shape.ts";
import {
  type GraphNode,
  operandOf,
  producer,
  type Result,
  type Value,
} from "../value.ts";

/** conv(x) + bias, also where the images have been brought out of blocks before the bias is added. */
export function blockedBias(
  graph: Graph,
  { op, inputs, results }: GraphNode,
  surroundings: Surroundings,
): Value | undefined {
  if (op !== "Add") return undefined;
  const { shape } = results[0]!; // of an operation with one
  const [x, y] = inputs as readonly [Value, Value]; // a binary operation
  for (const [sum, bias] of [[x, y], [y, x]] as const) {
    const channels = shape.at(-1);
    if (!sameShape(sum.shape, shape)) continue;
    if (bias.shape.at(-1) !== channels) continue;
    if (elementCount(bias.shape) !== channels) continue;
    const found = convolutionBehind(graph, sum, surroundings);
    if (!found || found.convolution.shape[1] !== channels) continue; // four axes
    const { node, shape: size } = found.convolution;
    const row = reshape(graph, surroundings.now(bias), [channels]);
    const [images, filter] = node.inputs as readonly [Value, Value]; // counted below
    const terms = [images, filter, row] as const;
    const fused = graph.apply("BlockedConv", terms, size, node.attributes);
    const { unblocked } = found;
    const images4 = unblocked
      ? graph.apply(
        "FromBlocks",
        [fused],
        unblocked.shape,
        unblocked.node.attributes,
      )
      : fused;
    return reshape(graph, images4, shape);
  }
  return undefined;
}

interface Found {
  readonly convolution: Result;
  /** The images out of blocks; nothing where one block holds all channels. */
  readonly unblocked: Result | undefined;
}

/** The convolution that a value is in another order or shape, if nobody else uses it. */
function convolutionBehind(
  graph: Graph,
  value: Value,
  surroundings: Surroundings,
): Found | undefined {
  if (!surroundings.isFree(value)) return undefined;
  const inner = operandOf(value, "Reshape");
  if (inner) return convolutionBehind(graph, inner, surroundings);
  const current = surroundings.now(value);
  const blocked = operandOf(value, "FromBlocks");
  if (blocked) {
    if (!surroundings.isFree(blocked)) return undefined;
    const convolution = withoutBias(surroundings.now(blocked));
    return convolution && { convolution, unblocked: current as Result }; // of the same operation
  }
  const convolution = withoutBias(current);
  const isWhole = convolution?.shape[1] === graph.block; // four axes
  return convolution && isWhole
    ? { convolution, unblocked: undefined }
    : undefined;
}

function withoutBias(value: Value): Result | undefined {
  const node = producer(value, "BlockedConv");
  return node?.inputs.length === 2 ? node.results[0] : undefined;
}
