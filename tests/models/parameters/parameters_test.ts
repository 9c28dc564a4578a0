import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { normal, zeros } from "../../../models/parameters/initials.ts";
import {
  bindParameters,
  countParameters,
  createParameters,
  listParameters,
} from "../../../models/parameters/parameters.ts";

const specs = {
  layers: [
    { weight: { shape: [2, 3], initial: normal(1) } },
    { weight: { shape: [3, 1], initial: normal(2) } },
  ],
  bias: { shape: [1], initial: zeros },
};

const draw = ({ shape }: { readonly shape: readonly number[] }) =>
  new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(7);

Deno.test("countParameters() counts the numbers in all leaves", () => {
  const leaf = (shape: readonly number[]) => ({ shape, initial: zeros });
  const specs = { a: leaf([3, 4]), b: [leaf([]), { c: leaf([5]) }] };
  assertEquals(countParameters(specs), 12 + 1 + 5);
});

Deno.test("listParameters() names parameters by their path, in order", () => {
  assertEquals(listParameters(specs), [
    { name: "layers/0/weight", shape: [2, 3], initial: normal(1) },
    { name: "layers/1/weight", shape: [3, 1], initial: normal(2) },
    { name: "bias", shape: [1], initial: zeros },
  ]);
});

Deno.test("createParameters() puts the variables in the places of their specs", () => {
  using parameters = createParameters(specs, draw);
  const { tree, variables } = parameters;
  assertStrictEquals(tree.layers[1]!.weight, variables["layers/1/weight"]);
  assertEquals(tree.bias.dataSync(), new Float32Array([7]));
  assertEquals(tree.layers[0]!.weight.shape, [2, 3]);
});

Deno.test("createParameters() gives two models with the same paths their own variables", () => {
  using one = createParameters(specs, draw);
  using two = createParameters(specs, draw);
  one.variables["bias"]!.assign(tf.tensor([1]));
  assertEquals(two.variables["bias"]!.dataSync(), new Float32Array([7]));
});

Deno.test("createParameters() frees its memory when disposed", () => {
  const before = tf.memory().numTensors;
  createParameters(specs, draw)[Symbol.dispose]();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("createParameters() refuses a wrong number of values", () => {
  assertThrows(
    () => createParameters(specs, () => new Float32Array(6)),
    RangeError,
    'Expected 3 values for parameter "layers/1/weight" but found 6',
  );
});

Deno.test("bindParameters() refuses a missing tensor and one of another shape", () => {
  const tensors = {
    "layers/0/weight": tf.zeros([2, 3]),
    "layers/1/weight": tf.zeros([1, 3]),
  };
  assertThrows(
    () => bindParameters(specs, tensors),
    RangeError,
    'Expected parameter "layers/1/weight" of shape [3,1] but found [1,3]',
  );
  assertThrows(
    () => bindParameters(specs, {}),
    RangeError,
    'Expected parameter "layers/0/weight" of shape [2,3] but found none',
  );
});

Deno.test("variables have the names of their paths in TensorFlow.js, too, with a number where a name is taken", () => {
  const own = { "only/here": { shape: [1], initial: zeros } };
  using first = createParameters(own, draw);
  using second = createParameters(own, draw);
  assertEquals(first.variables["only/here"]!.name, "only/here");
  assertEquals(second.variables["only/here"]!.name, "only/here:2");
});
