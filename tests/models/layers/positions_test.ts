import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { embedding } from "../../../models/layers/embedding.ts";
import { sinusoidalPositions } from "../../../models/layers/sinusoidal_positions.ts";
import { embedTokens } from "../../../models/layers/token_embedding.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("sinusoidalPositions() turns the first pair by one radian and the last by 10 000 ^ (2 / width - 1)", () => {
  const positions = sinusoidalPositions(3, 4);
  const row = (p: number) => [
    Math.sin(p),
    Math.cos(p),
    Math.sin(p / 100), // 10 000 ^ (2 / 4)
    Math.cos(p / 100),
  ];
  assertClose(positions, [row(0), row(1), row(2)], { roundings: 1 });
});

Deno.test("sinusoidalPositions() have inner products that depend on distance alone", () => {
  const positions = sinusoidalPositions(6, 8);
  const products = tf.matMul(positions, positions, false, true);
  const [first, second] = tf.unstack(products);
  const expected = Array.from(first!.slice(0, 5).dataSync());
  assertClose(second!.slice(1, 5), expected, { roundings: 16 });
});

Deno.test("embedding() adds up the gradients of a token that occurs twice", () => {
  const table = tf.zeros([3, 2]);
  const tokens = tf.tensor2d([[2, 0], [2, 2]], [2, 2], "int32");
  assertEquals(embedding(tokens, table).shape, [2, 2, 2]);
  const gradient = tf.grad((table) => embedding(tokens, table))(table);
  assertEquals(gradient.arraySync(), [[1, 1], [0, 0], [3, 3]]);
});

Deno.test("embedTokens() adds the positions of a sequence shorter than the context", () => {
  const tokens = tf.tensor2d([[1, 0]], [1, 2], "int32");
  const learned = embedTokens(tokens, {
    tokens: tf.tensor2d([[1, 2], [3, 4]]),
    positions: tf.tensor2d([[10, 10], [20, 20], [30, 30]]),
  });
  assertEquals(learned.arraySync(), [[[13, 14], [21, 22]]]);
  const waves = embedTokens(tokens, { tokens: tf.zeros([2, 2]) });
  assertClose(waves, [[[0, 1], [Math.sin(1), Math.cos(1)]]], { roundings: 1 });
});
