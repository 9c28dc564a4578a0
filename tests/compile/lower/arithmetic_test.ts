import * as tf from "@tensorflow/tfjs";
import { type Case, type Operand, testCases } from "../agreement.ts";

/** Pairs of shapes: equal, broadcast, with axes of length 1, and empty. */
const PAIRS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[2, 3], [2, 3]],
  [[4, 1, 3], [5, 3]],
  [[], [2, 2]],
  [[3, 1], [1, 4]],
  [[1, 1], [1]],
  [[2, 3, 1], [1]],
  [[], [3, 1]],
  [[0, 3], [3]],
];

function binaryCases(
  fn: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  range: Omit<Operand, "shape"> = {},
  gradients: "with" | "without" | "for equal shapes" = "with",
): readonly Case[] {
  return PAIRS.map(([a, b]) => ({
    name: `[${a}] with [${b}]`,
    inputs: [{ shape: a, ...range }, { shape: b, ...range }],
    fn: (x, y) => fn(x!, y!),
    terms: 20, // a gradient sums over the axes that were broadcast
    gradients: gradients === "for equal shapes"
      ? `${a}` === `${b}` ? "with" : "without"
      : gradients,
  }));
}

const POSITIVE = { from: 0.5, to: 2 } as const;
const WHOLE = { dtype: "int32", from: 1, to: 9 } as const;

testCases("Add", binaryCases(tf.add));
testCases("Sub", binaryCases(tf.sub));
testCases("Multiply", binaryCases(tf.mul));
testCases("RealDiv", binaryCases(tf.div, POSITIVE));
// For these three, tfjs has gradients for equal shapes only.
testCases("Maximum", binaryCases(tf.maximum, {}, "for equal shapes"));
testCases("Minimum", binaryCases(tf.minimum, {}, "for equal shapes"));
testCases(
  "SquaredDifference",
  binaryCases(tf.squaredDifference, {}, "for equal shapes"),
);
testCases("Pow", binaryCases(tf.pow, POSITIVE));
testCases("Mod", binaryCases(tf.mod));
testCases("Atan2", binaryCases(tf.atan2));
testCases("Add of int32", binaryCases(tf.add, WHOLE, "without"));
testCases("FloorDiv of int32", binaryCases(tf.floorDiv, WHOLE, "without"));
testCases("Mod of int32", binaryCases(tf.mod, WHOLE, "without"));
testCases("Div of int32", binaryCases(tf.div, WHOLE, "without"));

const X = [{ shape: [3, 4] }];
const SCALED = [{ shape: [3, 4] }, { shape: [] }];

testCases("Algebra", [
  {
    name: "x a b with numbers a, b",
    inputs: X,
    fn: (x) => x!.mul(3).mul(-0.7).div(1.3),
  },
  {
    name: "x a / b with scalars a, b",
    inputs: SCALED,
    fn: (x, s) => x!.mul(s!).div(s!.add(4)).mul(s!),
  },
  {
    name: "x / a, divided again",
    inputs: SCALED,
    fn: (x, s) => x!.div(s!.add(4)).div(s!.sub(4)),
  },
  {
    name: "minus minus",
    inputs: X,
    fn: (x) => x!.neg().neg().sub(x!.neg()).add(x!.sub(1).neg()),
  },
  {
    name: "0 + x, 0 - x, x - 0, 1 x, x / 1",
    inputs: X,
    fn: (x) => tf.add(0, x!).mul(1).sub(0).div(1).add(tf.sub(0, x!)).mul(x!),
  },
  {
    name: "a number of another shape",
    inputs: [{ shape: [4] }],
    fn: (x) => tf.fill([3, 4], 2).mul(x!).add(tf.ones([2, 3, 4])),
  },
  {
    name: "two repeated tensors",
    inputs: [{ shape: [4] }, { shape: [4] }],
    fn: (x, y) =>
      tf.broadcastTo(x!, [3, 4]).mul(tf.broadcastTo(y!, [3, 4])).exp(),
    terms: 3,
  },
  {
    name: "a mask times x",
    inputs: X,
    fn: (x) => x!.greater(0.3).cast("float32").mul(x!),
    gradients: "without", // tfjs has none of a comparison
  },
  {
    name: "AddN",
    inputs: [{ shape: [2, 2] }, { shape: [2, 2] }, { shape: [2, 2] }],
    fn: (a, b, c) => tf.addN([a!, b!, c!]),
  },
  {
    name: "powers 2, 3, 0.5, 1 and 2.5",
    inputs: [{ shape: [5], ...POSITIVE }],
    fn: (x) =>
      [2, 3, 0.5, 1, 2.5].map((p) => tf.pow(x!, p)).reduce((a, b) => a.add(b)),
    terms: 5,
  },
]);
