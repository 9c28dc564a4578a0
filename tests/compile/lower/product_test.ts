import * as tf from "@tensorflow/tfjs";
import { type Case, testCases } from "../agreement.ts";

/** Leading axes of both factors. */
const STACKS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []],
  [[2], [2]],
  [[2, 3], [2, 3]],
  [[2, 3], [1, 3]],
  [[2], []],
  [[], [2]],
  [[2], [1]],
  [[1, 1], [1]],
];

const [M, K, N] = [3, 4, 5];

const products: readonly Case[] = STACKS.flatMap(([a, b]) => {
  return [[false, false], [true, false], [false, true], [true, true]].map((
    [left, right],
  ): Case => ({
    name: `[${[...a, ...left ? [K, M] : [M, K]]}] [${[
      ...b,
      ...right ? [N, K] : [K, N],
    ]}]`,
    inputs: [{ shape: [...a, ...left ? [K, M] : [M, K]] }, {
      shape: [...b, ...right ? [N, K] : [K, N]],
    }],
    fn: (x, y) => tf.matMul(x!, y!, left, right),
    terms: 6 * N,
    gradients: `${a}` === `${b}` ? "with" : "without", // tfjs has them for equal stacks only
  }));
});

testCases("BatchMatMul", products);
testCases("BatchMatMul", [
  {
    name: "of transposed matrices",
    inputs: [{ shape: [4, 3] }, { shape: [5, 4] }],
    fn: (a, b) => tf.matMul(a!.transpose(), b!.transpose()),
    terms: 5,
  },
  {
    name: "with a bias",
    inputs: [{ shape: [3, 4] }, { shape: [4, 5] }, { shape: [5] }],
    fn: (a, b, c) => tf.matMul(a!, b!).add(c!),
    terms: 5,
  },
  {
    name: "scaled",
    inputs: [{ shape: [2, 3, 4] }, { shape: [2, 5, 4] }],
    fn: (a, b) => tf.matMul(a!, b!, false, true).mul(0.3),
    terms: 5,
  },
  {
    name: "of heads that were scaled before they were told apart",
    inputs: [{ shape: [2, 5, 12] }, { shape: [2, 5, 12] }],
    fn: (a, b) => {
      const heads = (x: tf.Tensor) =>
        x.mul(0.3).reshape([2, 5, 3, 4]).transpose([0, 2, 1, 3]);
      return tf.matMul(heads(a!), heads(b!), false, true).matMul(heads(b!));
    },
    terms: 20,
  },
  {
    name: "of rows that were scaled as a stack, scaled as one",
    inputs: [{ shape: [2, 3, 4] }, { shape: [4, 5] }],
    fn: (a, b) => {
      const rows = a!.mul(0.3).reshape([6, 4]);
      return tf.matMul(rows, b!).reshape([2, 3, 5]).mul(0.7);
    },
    terms: 5,
  },
  {
    name: "of nothing",
    inputs: [{ shape: [3, 0] }, { shape: [0, 2] }],
    fn: (a, b) => tf.matMul(a!, b!),
    gradients: "without",
  },
  {
    name: "dot of vectors",
    inputs: [{ shape: [4] }, { shape: [4] }],
    fn: (a, b) => tf.dot(a!, b!),
    terms: 4,
  },
]);
testCases(
  "_FusedMatMul",
  (["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const)
    .map((activation) => ({
      name: activation,
      inputs: [{ shape: [3, 4] }, { shape: [4, 5] }, { shape: [5] }, {
        shape: [3, 5],
      }],
      fn: (
        a?: tf.Tensor,
        b?: tf.Tensor,
        bias?: tf.Tensor,
        slopes?: tf.Tensor,
      ) =>
        tf.fused.matMul({
          a: a!,
          b: b!,
          bias: bias!,
          activation,
          ...(activation === "prelu"
            ? { preluActivationWeights: slopes! }
            : {}),
        }),
      terms: 5,
      gradients: "without",
    })),
);
testCases(
  "Einsum",
  ["ij,jk->ik", "bij,bkj->bik", "ij->ji", "ij,ij->", "bhqd,bhkd->bhqk"].map(
    (equation) => {
      const shapes = equation.split("->")[0]!.split(",").map((letters) => {
        return [...letters].map((letter) => 2 + "abdijkhq".indexOf(letter) % 3);
      });
      return {
        name: equation,
        inputs: shapes.map((shape) => ({ shape })),
        fn: (...factors: tf.Tensor[]) => tf.einsum(equation, ...factors),
        terms: 16,
        gradients: "without",
      };
    },
  ),
);
