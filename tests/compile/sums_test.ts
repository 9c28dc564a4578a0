import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { planSum } from "../../compile/graph/long_sum.ts";
import { findAdapter } from "../../compile/run/webgpu_adapter.ts";
import type { Device } from "../../compile/types.ts";
import { random } from "./agreement.ts";

/** What PyTorch reaches as well: of numbers of one sign. */
const TOLERANCE = 1e-6;

/** Shapes and the axes to sum over: whole, in front, in the middle, at the end, apart, and of lengths without divisors. */
const SUMS = [
  [[100352], [0]],
  [[1000000], [0]],
  [[100003], [0]],
  [[3136, 32], [0]],
  [[100003, 3], [0]],
  [[3, 100352], [1]],
  [[2, 100003], [1]],
  [[10, 3000, 10], [1]],
  [[300, 4, 500], [0, 2]],
  [[8, 28, 28, 8], [0, 1, 2]],
  [[8, 28, 28, 8], [1, 2]],
  [[801], [0]],
  [[257, 2], [0]],
] as const;

for (const device of ["cpu", "tfjs", "webgpu"] as const) {
  Deno.test({
    name:
      `sums and means of many numbers keep their digits along all axes, ${device}`,
    ignore: device === "webgpu" && !await findAdapter(),
    sanitizeResources: device !== "webgpu",
    sanitizeOps: device !== "webgpu",
    fn: async () => {
      for (
        const [shape, axes] of device === "webgpu" ? SUMS.slice(0, 4) : SUMS
      ) {
        const count = shape.reduce((a: number, b) => a * b, 1);
        for (
          const numbers of [
            new Float32Array(count).fill(0.1),
            Float32Array.from({ length: count }, random),
          ]
        ) {
          const { sum, mean } = await sumsOf(numbers, shape, axes, device);
          const expected = exactSums(numbers, shape, axes);
          const terms = count / expected.length;
          expected.forEach((right, i) => {
            for (
              const [name, found] of [["sum", sum.data[i]!], [
                "mean",
                mean.data[i]! * terms,
              ]] as const
            ) {
              const error = Math.abs(found / right - 1);
              assert(
                error < TOLERANCE,
                `${name} of [${shape}] over ${axes}: ${error}`,
              );
            }
          });
        }
      }
    },
  });
}

async function sumsOf(
  x: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
  device: Device,
) {
  using step = await compile(
    ({ x }) => ({ sum: x.sum([...axes]), mean: x.mean([...axes], true) }),
    { inputs: { x: { shape } }, device },
  );
  return await step.run({ x });
}

/** In float64. */
function exactSums(
  numbers: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
): readonly number[] {
  const kept = shape.map((length, axis) => axes.includes(axis) ? 1 : length);
  const sums = new Array<number>(kept.reduce((a, b) => a * b, 1)).fill(0);
  numbers.forEach((number, i) => {
    let [rest, place, stride] = [i, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const at = rest % shape[axis]!; // within it
      rest = Math.floor(rest / shape[axis]!);
      if (!axes.includes(axis)) place += at * stride;
      stride *= kept[axis]!;
    }
    sums[place]! += number;
  });
  return sums;
}

Deno.test("the mean of 2e7 equal numbers is right to 1e-6", async () => {
  const x = new Float32Array(2e7).fill(0.1);
  using step = await compile(({ x }) => ({
    mean: x.mean(),
    ofRows: x.reshape([2e7 / 32, 32]).mean(0).mean(),
  }), { inputs: { x: { shape: [2e7] } }, device: "cpu" });
  const { mean, ofRows } = await step.run({ x });
  for (const found of [mean.item(), ofRows.item()]) {
    assert(Math.abs(found / Math.fround(0.1) - 1) < TOLERANCE, `${found}`);
  }
});

Deno.test("gradients of what is broadcast, softmax, logSumExp and running sums keep their digits too", async () => {
  const n = 100000;
  for (const device of ["cpu", "tfjs"] as const) {
    using step = await compile(({ x, b }) => ({
      gradient: tf.grad((b: tf.Tensor) => x.add(b).mul(x).sum())(b),
      softmax: tf.softmax(tf.concat([tf.zeros([1]), x.log()])).slice([0], [1]),
      logSumExp: tf.logSumExp(x.log()).exp(),
      running: tf.cumsum(x).slice([n - 1], [1]),
      backward: tf.cumsum(x, 0, false, true).slice([0], [1]),
      exclusive: tf.cumsum(x, 0, true).slice([n - 1], [1]),
    }), { inputs: { x: { shape: [n] }, b: { shape: [] } }, device });
    const x = new Float32Array(n).fill(0.1);
    const found = await step.run({ x, b: 0 });
    const [number, sum] = [Math.fround(0.1), n * Math.fround(0.1)];
    const right = {
      gradient: sum,
      softmax: 1 / (1 + sum),
      logSumExp: sum,
      running: sum,
      backward: sum,
      exclusive: sum - number,
    };
    for (const [name, expected] of Object.entries(right)) {
      const value = found[name as keyof typeof right].data[0]!;
      const tolerance = name === "logSumExp" ? 2e-6 : TOLERANCE; // exp of a rounded 9.2
      assert(
        Math.abs(value / expected - 1) < tolerance,
        `${name}: ${value}, ${expected}, ${device}`,
      );
    }
  }
});

Deno.test("products with long vectors keep their digits, whichever of the matrices is transposed", async () => {
  const n = 100000;
  using step = await compile(({ x, ones }) => {
    const [row, column] = [x.reshape([1, n]), x.reshape([n, 1])];
    const wide = ones.reshape([n, 1]).mul(tf.tensor2d([[1, 2]])); // [n, 2]
    const high = wide.transpose();
    return {
      dot: tf.dot(x, ones),
      "row, matrix": tf.matMul(row, wide),
      "row, matrix transposed": tf.matMul(row, high.add(0), false, true),
      "column transposed, matrix": tf.matMul(column, wide, true),
      "matrix, column": tf.matMul(high.add(0), column),
      "matrix transposed, column": tf.matMul(wide, column, true),
      "matrix, row transposed": tf.matMul(high.add(0), row, false, true),
      "i->": tf.einsum("i->", x).reshape([1]),
      "i,i->": tf.einsum("i,i->", x, ones).reshape([1]),
      "ij,k->j": tf.einsum(
        "ij,k->j",
        column.mul(tf.tensor2d([[1, 2]])),
        tf.ones([1]),
      ),
      segment: tf.unsortedSegmentSum(column, tf.zeros([n], "int32"), 1),
    };
  }, { inputs: { x: { shape: [n] }, ones: { shape: [n] } }, device: "cpu" });
  const found = await step.run({
    x: new Float32Array(n).fill(0.1),
    ones: new Float32Array(n).fill(1),
  });
  for (const [name, { data }] of Object.entries(found)) {
    data.forEach((value, i) => {
      const error = Math.abs(value / (n * Math.fround(0.1) * (i + 1)) - 1);
      assert(error < TOLERANCE, `${name}: ${error}`);
    });
  }
});

Deno.test("running sums in pieces are those of tfjs along every axis, forward and backward", async () => {
  for (
    const [shape, axis] of [[[3, 700], 1], [[700, 3], 0], [
      [2, 1100, 2],
      1,
    ]] as const
  ) {
    const count = shape.reduce((a: number, b) => a * b, 1);
    const x = Float32Array.from({ length: count }, (_, i) => i % 7 - 3);
    for (const exclusive of [true, false]) {
      for (const reverse of [true, false]) {
        const results = [];
        for (const device of ["cpu", "tfjs"] as const) {
          using step = await compile(
            ({ x }) => ({ y: tf.cumsum(x, axis, exclusive, reverse) }),
            {
              inputs: { x: { shape } },
              device,
            },
          );
          results.push([...(await step.run({ x })).y.data]);
        }
        assertEquals(results[0], results[1]);
      }
    }
  }
});

Deno.test("sums as long as those of a batch, or of an image, are taken at once", () => {
  for (
    const [shape, axes] of [
      [[128, 784], [1]],
      [[128, 500], [0]],
      [[128], [0]],
      [[256, 20], [0]],
    ] as const
  ) {
    assertEquals(planSum(shape, axes, "whole").kind, "at once");
  }
  const stage = { before: 1, length: 100352, after: 1 };
  for (const shape of [[100352], [100352, 1], [1, 100352, 1]]) { // axes of length 1 count for nothing
    const axes = [shape.indexOf(100352)];
    assertEquals(planSum(shape, axes, "whole"), {
      kind: "pieces",
      stage,
      size: 128,
    });
  }
});
