import * as tf from "@tensorflow/tfjs";
import { testCases } from "../agreement.ts";

const X = [{ shape: [4, 5, 2] }];

testCases("Slice", [
  { name: "a block", inputs: X, fn: (x) => tf.slice(x!, [1, 0, 1], [2, 3, 1]) },
  { name: "the rest", inputs: X, fn: (x) => tf.slice(x!, [1, 2], [-1, 2]) },
  { name: "a row", inputs: X, fn: (x) => tf.slice(x!, 2, 1) },
  { name: "nothing", inputs: X, fn: (x) => tf.slice(x!, 2, 0) },
]);
testCases("StridedSlice", [
  {
    name: "every second",
    inputs: X,
    fn: (x) => tf.stridedSlice(x!, [0, 1, 0], [4, 5, 2], [2, 3, 1]),
    gradients: "without",
  },
  {
    name: "backwards",
    inputs: X,
    fn: (x) => tf.stridedSlice(x!, [3, 4, 0], [0, 0, 2], [-1, -2, 1]),
    gradients: "without",
  },
  {
    name: "all the way back",
    inputs: X,
    fn: (x) => tf.stridedSlice(x!, [3, 0, 0], [0, 5, 2], [-1, 1, 1], 0, 1),
    gradients: "without",
  },
  {
    name: "shrunk and new axes",
    inputs: X,
    fn: (x) =>
      tf.stridedSlice(x!, [1, 0, 0], [2, 1, 5], [1, 1, 1], 0, 0, 0, 2, 1),
    gradients: "without",
  },
]);
testCases("Reverse", [
  { name: "one axis", inputs: X, fn: (x) => tf.reverse(x!, 1) },
  { name: "all axes", inputs: X, fn: (x) => tf.reverse(x!) },
]);
testCases("Concat", [
  {
    name: "the last axis",
    inputs: [{ shape: [2, 3] }, { shape: [2, 1] }],
    fn: (a, b) => tf.concat([a!, b!, a!], -1),
    terms: 2,
  },
  {
    name: "with an empty tensor",
    inputs: [{ shape: [2, 3] }, { shape: [0, 3] }],
    fn: (a, b) => tf.concat([a!, b!], 0),
  },
]);
testCases("Pack and Unpack", [
  {
    name: "stack",
    inputs: [{ shape: [2, 3] }, { shape: [2, 3] }],
    fn: (a, b) => tf.stack([a!, b!], 1),
  },
  {
    name: "unstack",
    inputs: X,
    fn: (x) => tf.unstack(x!, 1).reduce((a, b) => a.mul(0.5).add(b)),
    terms: 5,
  },
]);
testCases("SplitV", [
  {
    name: "equal parts",
    inputs: [{ shape: [2, 6] }],
    fn: (x) => tf.split(x!, 3, 1).reduce((a, b) => a.mul(b)),
  },
  {
    name: "unequal parts",
    inputs: [{ shape: [2, 6] }],
    fn: (x) => tf.split(x!, [1, 3, 2], -1)[1]!,
  },
]);
testCases("PadV2", [
  {
    name: "zeros",
    inputs: [{ shape: [2, 3] }],
    fn: (x) => tf.pad(x!, [[1, 0], [2, 1]]),
  },
  {
    name: "another number",
    inputs: [{ shape: [2, 3] }],
    fn: (x) => tf.pad(x!, [[0, 1], [0, 0]], 5),
  },
]);
testCases("MirrorPad", [
  {
    name: "reflect",
    inputs: [{ shape: [3, 4] }],
    fn: (x) => tf.mirrorPad(x!, [[2, 1], [0, 3]], "reflect"),
    gradients: "without",
  },
  {
    name: "symmetric",
    inputs: [{ shape: [3, 4] }],
    fn: (x) => tf.mirrorPad(x!, [[2, 1], [0, 4]], "symmetric"),
    gradients: "without",
  },
]);
