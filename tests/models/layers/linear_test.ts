import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { linear, linearSpecs } from "../../../models/layers/linear.ts";

const parameters = {
  weight: tf.tensor2d([[1, 2, 3], [4, 5, 6]]),
  bias: tf.tensor1d([10, 20, 30]),
};

Deno.test("linear() multiplies vectors on any leading axes and adds the bias", () => {
  const y = linear(tf.tensor3d([[[1, 0]], [[0, 1]]]), parameters);
  assertEquals(y.arraySync(), [[[11, 22, 33]], [[14, 25, 36]]]);
});

Deno.test("linear() has gradients for input, weight and bias", () => {
  const { weight, bias } = parameters;
  const gradients = tf.grads((x, weight, bias) => linear(x, { weight, bias }))(
    [tf.tensor2d([[1, 2], [3, 4]]), weight, bias],
  ).map((gradient) => gradient.arraySync());
  assertEquals(gradients, [
    [[6, 15], [6, 15]], // row sums of the weight
    [[4, 4, 4], [6, 6, 6]], // column sums of x
    [2, 2, 2], // vectors
  ]);
});

Deno.test("linearSpecs() begins with Glorot weights and no bias", () => {
  assertEquals(linearSpecs(2, 4), {
    weight: { shape: [2, 4], initial: { kind: "uniform", limit: 1 } },
    bias: { shape: [4], initial: { kind: "constant", value: 0 } },
  });
});
