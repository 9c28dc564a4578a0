import * as tf from "@tensorflow/tfjs";
import { type Case, testCases } from "../agreement.ts";

const PAIR = [{ shape: [3, 4], from: 0, to: 3, dtype: "int32" }, {
  shape: [4],
  from: 0,
  to: 3,
  dtype: "int32",
}] as const;
const BOOLS = [{ shape: [3, 4], dtype: "bool" }, {
  shape: [4],
  dtype: "bool",
}] as const;

function logicCases(
  inputs: Case["inputs"],
  operations: readonly ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[],
): readonly Case[] {
  return operations.map((operation) => ({
    name: operation.name,
    inputs,
    fn: (a, b) => operation(a!, b!),
    gradients: "without",
  }));
}

const ORDERS = [
  tf.equal,
  tf.notEqual,
  tf.greater,
  tf.greaterEqual,
  tf.less,
  tf.lessEqual,
];

testCases("Comparison of int32", logicCases(PAIR, ORDERS));
testCases("Comparison of bool", logicCases(BOOLS, ORDERS));
testCases(
  "Logic",
  logicCases(BOOLS, [tf.logicalAnd, tf.logicalOr, tf.logicalXor]),
);
testCases("LogicalNot", [
  {
    name: "twice",
    inputs: [{ shape: [5], dtype: "bool" }],
    fn: (x) => tf.logicalNot(tf.logicalNot(x!)),
    gradients: "without",
  },
]);
testCases("Select", [
  {
    name: "the same shape",
    inputs: [{ shape: [2, 3], dtype: "bool" }, { shape: [2, 3] }, {
      shape: [2, 3],
    }],
    fn: (c, a, b) => tf.where(c!, a!, b!),
  },
  {
    name: "broadcast",
    inputs: [{ shape: [3], dtype: "bool" }, { shape: [2, 1] }, { shape: [] }],
    fn: (c, a, b) => tf.where(c!, a!, b!),
    terms: 6,
  },
  {
    name: "a number",
    inputs: [{ shape: [2, 3], dtype: "bool" }, { shape: [2, 3] }],
    fn: (c, a) => tf.where(c!, a!, -1e9),
  },
]);
