import * as tf from "@tensorflow/tfjs";
import { testCases } from "../agreement.ts";

const X = [{ shape: [3, 5], from: -8, to: 8 }];

testCases("Softmax", [
  { name: "the last axis", inputs: X, fn: (x) => tf.softmax(x!), terms: 5 },
  {
    name: "the first axis",
    inputs: X,
    fn: (x) => tf.softmax(x!.transpose()).transpose(),
    terms: 5,
  },
  {
    name: "of one class",
    inputs: [{ shape: [3, 1] }],
    fn: (x) => tf.softmax(x!),
  },
]);
testCases("LogSoftmax", [
  { name: "the last axis", inputs: X, fn: (x) => tf.logSoftmax(x!), terms: 5 },
]);
testCases("Losses", [
  {
    name: "softmax cross entropy",
    inputs: [{ shape: [3], dtype: "int32", from: 0, to: 5 }, ...X],
    fn: (y, x) =>
      tf.losses.softmaxCrossEntropy(tf.oneHot(y as tf.Tensor1D, 5), x!),
    terms: 15,
  },
  {
    name: "sigmoid cross entropy",
    inputs: [{ shape: [3, 5], dtype: "bool" }, ...X],
    fn: (y, x) => tf.losses.sigmoidCrossEntropy(y!.cast("float32"), x!),
    terms: 15,
  },
]);
