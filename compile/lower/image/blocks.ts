/**
 * Blocks of pixels moved to channels or to the batch, and back.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Graph } from "../../graph/graph.ts";
import { reshape, transpose } from "../../graph/layout.ts";
import { pad, slice } from "../../graph/slicing.ts";
import type { Value } from "../../graph/value.ts";
import { rule, type Rules } from "../rule.ts";

export const blockRules: Rules = {
  DepthToSpace: rule<tf.DepthToSpaceInputs, tf.DepthToSpaceAttrs>(
    (graph, { x }, { blockSize, dataFormat }) => {
      if (dataFormat === "NHWC") return depthToSpace(graph, x, blockSize);
      const last = transpose(graph, x, [0, 2, 3, 1]);
      const moved = depthToSpace(graph, last, blockSize);
      return transpose(graph, moved, [0, 3, 1, 2]);
    },
  ),
  SpaceToBatchND: rule<tf.SpaceToBatchNDInputs, tf.SpaceToBatchNDAttrs>(
    (graph, { x }, { blockShape, paddings }) => {
      const rest = x.shape.slice(1 + blockShape.length).map(() => 0);
      const [before, after] = [0, 1].map((side) => [
        0,
        ...paddings.map((counts) => counts[side]!), // two sides
        ...rest,
      ]);
      const padded = pad(graph, x, before!, after!);
      return moveBlocks(graph, padded, blockShape, false);
    },
  ),
  BatchToSpaceND: rule<tf.BatchToSpaceNDInputs, tf.BatchToSpaceNDAttrs>(
    (graph, { x }, { blockShape, crops }) => {
      const whole = moveBlocks(graph, x, blockShape, true);
      const { getSliceBeginCoords, getSliceSize } = tf.backend_util;
      const rank = blockShape.length;
      const starts = getSliceBeginCoords(crops, rank); // without those of the last axes, as the sizes
      const sizes = getSliceSize([...whole.shape], crops, rank);
      const begin = whole.shape.map((_, axis) => starts[axis] ?? 0);
      const size = whole.shape.map((length, axis) => sizes[axis] ?? length);
      return slice(graph, whole, begin, size);
    },
  ),
};

/** [batch, height, width, block block depth] -> [batch, height block, width block, depth] */
function depthToSpace(graph: Graph, x: Value, block: number): Value {
  const [batch, height, width, channels] = x.shape;
  const depth = channels! / block ** 2; // images have four axes, and tfjs checked the channels
  const apart = [batch!, height!, width!, block, block, depth];
  const ordered = transpose(
    graph,
    reshape(graph, x, apart),
    [0, 1, 3, 2, 4, 5],
  );
  const shape = [batch!, height! * block, width! * block, depth];
  return reshape(graph, ordered, shape);
}

function moveBlocks(
  graph: Graph,
  x: Value,
  blockShape: number[],
  toSpace: boolean,
): Value {
  const { getReshaped, getPermuted, getReshapedPermuted } = tf.backend_util;
  const places = blockShape.reduce((a, b) => a * b);
  const shape = [...x.shape];
  const apart = getReshaped(shape, blockShape, places, toSpace);
  const order = getPermuted(apart.length, blockShape.length, toSpace);
  const ordered = transpose(graph, reshape(graph, x, apart), order);
  const joined = getReshapedPermuted(shape, blockShape, places, toSpace);
  return reshape(graph, ordered, joined);
}
