import * as tf from "@tensorflow/tfjs";
import { type Case, testCases } from "../agreement.ts";

/** Shapes and the axes to reduce: none given, one, several, of length 1, and empty. */
const REDUCTIONS:
  readonly (readonly [readonly number[], number[] | undefined])[] = [
    [[3, 4, 2], undefined],
    [[3, 4, 2], [1]],
    [[3, 4, 2], [0]],
    [[3, 4, 2], [0, 1]],
    [[3, 4, 2], [0, 2]],
    [[3, 4, 2], [-1]],
    [[3, 1, 2], [1]],
    [[1, 3, 2], [1]],
    [[3, 4, 1], [0, 1]],
    [[5], [0]],
    [[], undefined],
  ];

function cases(
  fn: (
    x: tf.Tensor,
    axes: number[] | undefined,
    keepDims: boolean,
  ) => tf.Tensor,
  gradients: Case["gradients"] = "with",
): readonly Case[] {
  return REDUCTIONS.flatMap(([shape, axes]) => {
    return [false, true].map((keepDims): Case => ({
      name: `[${shape}] along ${axes ?? "all"}${keepDims ? ", kept" : ""}`,
      inputs: [{ shape }],
      fn: (x) => fn(x!, axes, keepDims),
      terms: 24,
      gradients,
    }));
  });
}

testCases("Sum", cases(tf.sum));
testCases("Mean", cases(tf.mean));
testCases("Max", cases(tf.max));
testCases("Min", cases(tf.min));
testCases(
  "Prod",
  cases((x, axes, keep) =>
    tf.prod(x, axes?.map((axis) => (axis + x.rank) % x.rank), keep)
  ),
);
testCases("LogSumExp", cases(tf.logSumExp));
testCases(
  "All",
  cases((x, axes, keep) => x.greater(-1.5).all(axes, keep), "without"),
);
testCases(
  "Any",
  cases((x, axes, keep) => x.greater(1.5).any(axes, keep), "without"),
);
testCases(
  "Moments",
  cases((x, axes, keep) => {
    const { mean, variance } = tf.moments(x, axes, keep);
    return mean.add(variance);
  }),
);
testCases("Sum over many rows", [
  {
    name: "[300, 3]",
    inputs: [{ shape: [300, 3] }],
    fn: (x) => x!.sum(0),
    terms: 300,
  },
]);
testCases("Sum of an empty axis", [
  { name: "[0, 3] along 0", inputs: [{ shape: [0, 3] }], fn: (x) => x!.sum(0) },
]);
testCases("ArgMax and ArgMin", [
  {
    name: "ties",
    inputs: [{ shape: [2, 4], data: [1, 3, 3, 0, 5, 5, 1, 1] }],
    fn: (x) => x!.argMax(1).add(x!.argMin(-1).mul(10)),
    gradients: "without",
  },
  {
    name: "the first axis",
    inputs: [{ shape: [3, 4] }],
    fn: (x) => x!.argMax(0),
    gradients: "without",
  },
]);
testCases(
  "Cumsum",
  [0, 1].flatMap((axis) =>
    [false, true].flatMap((exclusive) =>
      [false, true].map((reverse) => ({
        name: `axis ${axis}${exclusive ? ", exclusive" : ""}${
          reverse ? ", reverse" : ""
        }`,
        inputs: [{ shape: [3, 4] }],
        fn: (x?: tf.Tensor) => tf.cumsum(x!, axis, exclusive, reverse),
        terms: 4,
        gradients: axis === 1 ? "with" : "without", // tfjs transposes that of another axis once too often
      }))
    )
  ),
);
testCases(
  "Cumprod",
  [false, true].map((reverse) => ({
    name: reverse ? "reverse" : "forward",
    inputs: [{ shape: [2, 4] }],
    fn: (x?: tf.Tensor) => tf.cumprod(x!, 1, true, reverse),
    gradients: "without",
  })),
);
