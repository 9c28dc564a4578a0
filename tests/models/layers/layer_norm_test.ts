import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import {
  layerNorm,
  layerNormSpecs,
} from "../../../models/layers/layer_norm.ts";
import { createParameters } from "../../../models/parameters/parameters.ts";
import golden from "../../golden/transformer.json" with { type: "json" };
import { drawWave, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("layerNorm() agrees with PyTorch, and so do its gradients", () => {
  using parameters = createParameters({ norm: layerNormSpecs(8) }, drawWave);
  const { tree, variables } = parameters;
  const x = wave<tf.Rank.R3>([2, 5, 8], 0.1, 3).add(5);
  const direction = wave<tf.Rank.R3>([2, 5, 8], 0.9);
  const loss = () => layerNorm(x, tree.norm).mul(direction).sum().asScalar();
  const { gradients } = valueAndGradients(loss, { ...variables, x });
  // x of size 8 is rounded to 8 units, and means over 8 numbers are off by as much; over a deviation of two
  const roundings = 32;
  assertClose(layerNorm(x, tree.norm), golden.layerNorm.y, { roundings });
  assertClose(gradients["x"]!, golden.layerNorm.gradient, { roundings });
  const expected = golden.layerNorm.gradients;
  for (const name of ["norm/scale", "norm/shift"] as const) {
    // sums of ten numbers
    assertClose(gradients[name]!, expected[name], { roundings: 320, name });
  }
});

Deno.test("layerNorm() at first gives vectors of mean 0 and variance 1, whatever their size", () => {
  using parameters = createParameters(
    layerNormSpecs(64),
    ({ initial, shape: [width] }) =>
      new Float32Array(width!).fill(
        initial.kind === "constant" ? initial.value : NaN,
      ),
  );
  for (const [scale, offset] of [[1, 0], [100, 0], [1, 100]] as const) {
    const x = wave<tf.Rank.R2>([3, 64], 0.2, scale).add(offset);
    const { mean, variance } = tf.moments(layerNorm(x, parameters.tree), 1);
    // numbers of size 100 and deviation 0.7 are off by 140 roundings
    assertClose(mean, [0, 0, 0], { roundings: 280 });
    // and 1e-5 / 0.5, or 340 roundings, that the small constant takes
    assertClose(variance, [1, 1, 1], { roundings: 280 + 340 });
  }
});

Deno.test("layerNorm() of a constant vector is its shift, with no infinite gradient", () => {
  const parameters = { scale: tf.ones([4]), shift: tf.tensor1d([1, 2, 3, 4]) };
  const x = tf.fill([1, 4], 7);
  assertEquals([...layerNorm(x, parameters).dataSync()], [1, 2, 3, 4]);
  const gradient = tf.grad((x) => layerNorm(x, parameters))(x);
  assertEquals([...gradient.dataSync()], [0, 0, 0, 0]);
});

Deno.test("layerNorm() has second derivatives", () => {
  const parameters = { scale: tf.ones([3]), shift: tf.zeros([3]) };
  const direction = tf.tensor1d([0.3, -1, 0.5]);
  const slope = (x: tf.Tensor) =>
    tf.grad((x) => layerNorm(x, parameters).mul([1, 2, -1]))(x);
  const x = tf.tensor1d([0.5, -0.2, 1.1]);
  const along = tf.grad((x) => slope(x).mul(direction))(x);
  const h = 1 / 64;
  const difference = slope(x.add(direction.mul(h)))
    .sub(slope(x.sub(direction.mul(h)))).div(2 * h);
  // central difference: h^2 / 6 = 4e-5 of third derivatives of size 30, or 2e-3
  const expected = Array.from(difference.dataSync());
  assertClose(along, expected, { roundings: 2e-3 * 2 ** 24 });
});
