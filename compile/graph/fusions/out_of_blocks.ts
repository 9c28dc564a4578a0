/**
 * Images out of blocks, by the faster one of two operations.
 * @module
 */
import type { Surroundings } from "../fuse.ts";
import type { Graph } from "../graph.ts";
import { reshape } from "../layout.ts";
import { swapInBlocks } from "../swap_in_blocks.ts";
import { type GraphNode, operandOf, type Value } from "../value.ts";

/**
 * Blocks and pixels change places, in both directions: ONNX Runtime's operation into blocks takes 0.12 ms for 3 MB where
 * that out of blocks takes 0.21 ms, and has one thread.
 */
export function outOfBlocks(
  graph: Graph,
  { results }: GraphNode,
  { now }: Surroundings,
): Value | undefined {
  const [result] = results;
  const blocked = result && operandOf(result, "FromBlocks");
  if (!blocked || !graph.block) return undefined;
  const [batch, channels, height, width] = blocked.shape;
  const pixels = height! * width!; // four axes
  const blocks = [batch!, channels! / graph.block, pixels, graph.block];
  const moved = swapInBlocks(graph, reshape(graph, now(blocked), blocks));
  return reshape(graph, moved, result.shape);
}
