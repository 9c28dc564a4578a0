import * as tf from "@tensorflow/tfjs";
import { testCases } from "../agreement.ts";

const X = [{ shape: [2, 3, 4] }];

testCases("Reshape", [
  {
    name: "to a list and back",
    inputs: X,
    fn: (x) => x!.reshape([-1]).reshape([4, 6]).reshape([3, 8]),
  },
  {
    name: "of a constant",
    inputs: [{ shape: [2, 2] }],
    fn: (x) => tf.tensor1d([1, 2, 3, 4]).reshape([2, 2]).mul(x!),
  },
  {
    name: "ExpandDims and squeeze",
    inputs: X,
    fn: (x) => x!.expandDims(1).expandDims(-1).squeeze([1]),
  },
]);
testCases("Transpose", [
  {
    name: "twice",
    inputs: X,
    fn: (x) => x!.transpose([2, 0, 1]).transpose([1, 0, 2]),
  },
  {
    name: "there and back",
    inputs: X,
    fn: (x) => x!.transpose([2, 0, 1]).transpose([1, 2, 0]),
  },
  {
    name: "of axes of length 1",
    inputs: [{ shape: [1, 3, 1, 2] }],
    fn: (x) => x!.transpose([1, 0, 3, 2]),
  },
]);
testCases("Tile", [
  {
    name: "an axis of length 1",
    inputs: [{ shape: [2, 1] }],
    fn: (x) => x!.tile([1, 3]),
    terms: 3,
  },
  {
    name: "all axes",
    inputs: [{ shape: [2, 3] }],
    fn: (x) => x!.tile([2, 3]),
    terms: 6,
  },
  {
    name: "broadcastTo",
    inputs: [{ shape: [3, 1] }],
    fn: (x) => tf.broadcastTo(x!, [2, 3, 4]),
    terms: 8,
  },
]);
testCases("ZerosLike and OnesLike", [
  {
    name: "both",
    inputs: X,
    fn: (x) => tf.onesLike(x!).sub(tf.zerosLike(x!)).add(x!),
  },
]);
testCases("Fill, Range, LinSpace and eye", [
  {
    name: "folded",
    inputs: [{ shape: [4] }],
    fn: (x) =>
      tf.range(0, 4).add(tf.linspace(0, 1, 4)).add(tf.fill([4], 2)).mul(x!).add(
        tf.eye(4),
      ),
    terms: 4,
  },
  {
    name: "a causal mask",
    inputs: [{ shape: [3, 3] }],
    fn: (x) =>
      tf.where(
        tf.linalg.bandPart(tf.ones([3, 3]), -1, 0).cast("bool"),
        x!,
        -1e9,
      ).softmax(),
  },
]);
testCases("Reductions that keep or drop axes", [
  {
    name: "reshaped",
    inputs: X,
    fn: (x) =>
      x!.sum([1]).reshape([2, 1, 4]).add(
        x!.max(1, true).reshape([2, 4]).reshape([2, 1, 4]),
      ),
    terms: 3,
  },
]);
