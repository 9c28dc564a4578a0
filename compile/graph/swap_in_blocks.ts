/**
 * Another order of pieces that are as long as a block of channels.
 * @module
 */
import type { Graph } from "./graph.ts";
import { reshape } from "./layout.ts";
import type { Value } from "./value.ts";

/**
 * [n, a, b, block] -> [n, b, a, block]: what brings images of a pixels and b blocks of channels into blocks, with all
 * threads, where ONNX Runtime's transposition has one.
 */
export function swapInBlocks(graph: Graph, x: Value): Value {
  const [n, a, b, block] = x.shape as readonly [number, number, number, number];
  if (a === 1 || b === 1) return reshape(graph, x, [n, b, a, block]);
  const images = reshape(graph, x, [n, a, 1, b * block]);
  const shape = [n, b * block, a, 1];
  const moved = graph.apply("ToBlocks", [images], shape, { channels_last: 1 });
  return reshape(graph, moved, [n, b, a, block]);
}
