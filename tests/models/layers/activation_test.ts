import { assertEquals } from "@std/assert";
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
