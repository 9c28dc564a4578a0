import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { adam, adamW } from "../../../models/optimizers/adam.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("the first step of adam() is the learning rate against the sign of the gradient", () => {
  // m = (1 - beta1) g and v = (1 - beta2) g^2: the corrections must cancel the betas, whatever they are
  for (const beta2 of [0.9, 0.999, 0.999999]) {
    const x = tf.variable(tf.tensor([0, 0, 0]));
    using optimizer = adam({ x }, { beta2, epsilon: 0 });
    optimizer.apply({ x: tf.tensor([1e-4, -3, 1e4]) }, tf.scalar(1));
    // 1 - beta2 and the correction are rounded once or twice, and eight operations follow
    assertClose(x, [-1, 1, -1], { roundings: 10 });
    x.dispose();
  }
});

Deno.test("adam() counts its steps exactly and names its slots by parameter", () => {
  const variables = { "a/weight": tf.variable(tf.zeros([2, 2])) };
  using optimizer = adam(variables, { packBelow: 0 });
  assertEquals(Object.keys(optimizer.slots), [
    "step",
    "firstMoment/a/weight",
    "secondMoment/a/weight",
  ]);
  for (let i = 0; i < 3; i++) {
    optimizer.apply({ "a/weight": tf.ones([2, 2]) }, tf.scalar(0.1));
  }
  assertEquals(optimizer.slots["step"]!.dataSync()[0], 3);
});

Deno.test("adam() keeps small parameters in one vector of each kind, and large ones apart", () => {
  const variables = {
    weight: tf.variable(tf.zeros([2, 3])),
    bias: tf.variable(tf.zeros([3])),
    scale: tf.variable(tf.zeros([2])),
  };
  using optimizer = adam(variables, { packBelow: 6 });
  const shapes = Object.entries(optimizer.slots).map(([name, { shape }]) => [
    name,
    shape,
  ]);
  assertEquals(shapes, [
    ["step", []],
    ["firstMoment", [5]],
    ["firstMoment/weight", [2, 3]],
    ["secondMoment", [5]],
    ["secondMoment/weight", [2, 3]],
  ]);
});

Deno.test("adam() goes on from copied slots as if it had not stopped", () => {
  const gradients = [1, -2, 0.5].map((g) => ({ x: tf.tensor([g]) }));
  const straight = tf.variable(tf.tensor([0]));
  using whole = adam({ x: straight });
  for (const g of gradients) whole.apply(g, tf.scalar(0.1));

  const resumed = tf.variable(tf.tensor([0]));
  using first = adam({ x: resumed });
  first.apply(gradients[0]!, tf.scalar(0.1));
  using second = adam({ x: resumed });
  for (const [name, slot] of Object.entries(second.slots)) {
    slot.assign(first.slots[name]!.clone());
  }
  for (const g of gradients.slice(1)) second.apply(g, tf.scalar(0.1));
  assertEquals(resumed.dataSync(), straight.dataSync());
});

Deno.test("adam() leaves no tensors behind", () => {
  const x = tf.variable(tf.zeros([4]));
  const gradients = { x: tf.ones([4]) };
  const rate = tf.scalar(0.1);
  const before = tf.memory().numTensors;
  {
    using optimizer = adam({ x });
    for (let i = 0; i < 3; i++) optimizer.apply(gradients, rate);
  }
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("adamW() without a gradient shrinks only the parameters that decay", () => {
  const weight = tf.variable(tf.tensor([2]));
  const bias = tf.variable(tf.tensor([2]));
  using optimizer = adamW({ weight, bias }, {
    weightDecay: 0.5,
    decays: (name) => name !== "bias",
  });
  const nothing = { weight: tf.zeros([1]), bias: tf.zeros([1]) };
  optimizer.apply(nothing, tf.scalar(0.5));
  assertEquals(weight.dataSync()[0], 2 * (1 - 0.5 * 0.5));
  assertEquals(bias.dataSync()[0], 2);
});

Deno.test("an optimizer refuses to update a parameter whose gradient is missing", () => {
  const x = tf.variable(tf.zeros([1]));
  using optimizer = adam({ x });
  assertThrows(
    () => optimizer.apply({ y: tf.zeros([1]) }, tf.scalar(0.1)),
    RangeError,
    'Expected a gradient of "x" but found those of "y"',
  );
});
