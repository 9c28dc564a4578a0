import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attention, attentionSpecs } from "../../../models/layers/attention.ts";
import { causalMask, paddingMask } from "../../../models/layers/mask.ts";
import { createParameters } from "../../../models/parameters/parameters.ts";
import golden from "../../golden/transformer.json" with { type: "json" };
import { drawWave, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const { tree } = createParameters({ attention: attentionSpecs(8) }, drawWave);
const x = wave<tf.Rank.R3>([2, 5, 8], 0.1);
const source = wave<tf.Rank.R3>([2, 4, 8], 0.7);
const isToken = tf.tensor2d([[1, 1, 1, 1], [1, 1, 0, 0]]);

Deno.test("attention() across sequences with padding agrees with PyTorch", () => {
  const mask = paddingMask(isToken);
  const { y, weights } = attention(x, source, tree.attention, {
    heads: 2,
    mask,
  });
  // three products of eight terms on a path, and a softmax of four
  const roundings = 3 * 8 * 2 + 4 * 4;
  assertClose(y, golden.attention.y, { roundings });
  assertClose(weights, golden.attention.weights, { roundings });
});

Deno.test("attention() looks at padding not at all", () => {
  const mask = paddingMask(isToken);
  const weights = attention(x, source, tree.attention, { heads: 2, mask })
    .weights.slice([1, 0, 0, 2], [1, 2, 5, 2]);
  assertEquals([...weights.dataSync()], Array(20).fill(0));
});

Deno.test("attention() with a causal mask looks only back, with weights that sum to one", () => {
  const { weights } = attention(x, x, tree.attention, {
    heads: 2,
    mask: causalMask(5),
  });
  const above = tf.linalg.bandPart(weights, 0, -1)
    .sub(tf.linalg.bandPart(weights, 0, 0));
  assertEquals(above.abs().max().dataSync()[0], 0);
  assertClose(weights.sum(-1), Array(20).fill(1), { roundings: 8 });
});

Deno.test("attention() with weights of zero averages the values it may see", () => {
  const zero = { weight: tf.zeros([2, 2]), bias: tf.zeros([2]) };
  const identity = { weight: tf.eye(2), bias: tf.zeros([2]) };
  const parameters = {
    query: zero,
    key: zero,
    value: identity,
    output: identity,
  };
  const x = tf.tensor3d([[[2, 0], [4, 8], [0, 4]]]);
  const { y } = attention(x, x, parameters, { heads: 1, mask: causalMask(3) });
  assertClose(y, [[[2, 0], [3, 4], [2, 4]]], { roundings: 4 });
});

Deno.test("attention() refuses heads that do not divide the width", () => {
  assertThrows(
    () => attention(x, x, tree.attention, { heads: 3 }),
    RangeError,
    "Expected heads to divide the width 8 but found 3",
  );
});
