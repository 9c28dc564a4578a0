import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { activate } from "../../../models/layers/activation.ts";
import golden from "../../golden/transformer.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("gelu agrees with PyTorch, and so does its gradient", () => {
  const x = wave([20], 0.3, 4);
  const gelu = (x: tf.Tensor) => activate("gelu", x);
  // TensorFlow.js approximates erf within 1.5e-7 (3 roundings), times x / 2 of at most 2; four operations follow
  assertClose(gelu(x), golden.gelu, { roundings: 10 });
  assertClose(tf.grad(gelu)(x), golden.geluGradient, { roundings: 10 });
});

Deno.test("activations are the functions that they are named after", () => {
  const at = (name: Parameters<typeof activate>[0]) => [
    ...activate(name, tf.tensor([0, 1, -1])).dataSync(),
  ];
  assertEquals(at("relu"), [0, 1, 0]);
  assertClose(at("tanh"), [0, Math.tanh(1), -Math.tanh(1)], { roundings: 2 });
  const softplus = [0, 1, -1].map((x) => Math.log1p(Math.exp(x)));
  assertClose(at("softplus"), softplus, { roundings: 2 });
});

Deno.test("gradients of activations are their slopes", () => {
  const step = 2 ** -7;
  const points = [-2.5, -1, -0.3, 0.2, 0.9, 2.4];
  for (
    const name of [
      ...["relu", "tanh", "softplus", "silu", "gelu", "leaky-relu"] as const,
    ]
  ) {
    const at = (shift: number) =>
      activate(name, tf.tensor(points.map((x) => x + shift))).dataSync();
    const slope = tf.grad((x) => activate(name, x))(tf.tensor(points));
    const [after, before] = [at(step), at(-step)];
    for (const [i, found] of slope.dataSync().entries()) {
      const difference = (after[i]! - before[i]!) / (2 * step); // as many
      // third derivatives of at most 2 over 6, times step^2, and roundings of values below 3 over 2 steps
      const error = step ** 2 / 3 + 3 * 2 ** -23 / step;
      assertAlmostEquals(found, difference, error, `${name} at ${points[i]}`);
    }
  }
});
