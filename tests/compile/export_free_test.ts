import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";
import { exportOnnx } from "../../compile/export.ts";
import { assertNear, EPSILON, random } from "./agreement.ts";

type Fn = (x: tf.Tensor) => tf.Tensor;

const weights = tf.tensor(Float32Array.from({ length: 12 }, random), [4, 3]);
const filter = tf.tensor4d(Float32Array.from({ length: 18 }, random), [
  3,
  3,
  1,
  2,
]);
const back = tf.tensor4d(Float32Array.from({ length: 8 }, random), [
  2,
  2,
  1,
  2,
]);

/** Functions of items of a shape, whose results have as many items, or say something of all. */
const FUNCTIONS: Readonly<
  Record<string, readonly [item: readonly number[], fn: Fn]>
> = {
  "a dense layer": [
    [4],
    (x) => x.matMul(weights).add(tf.tensor1d([1, 2, 3])).tanh(),
  ],
  "softmax of a reshaped tensor": [
    [2, 6],
    (x) => x.reshape([-1, 4]).softmax().reshape([-1, 12]),
  ],
  "a convolution": [
    [6, 6, 1],
    (x) => tf.conv2d(x as tf.Tensor4D, filter, 2, "same").relu(),
  ],
  "a transposed convolution": [
    [3, 3, 2],
    (x) =>
      tf.conv2dTranspose(
        x as tf.Tensor4D,
        back,
        [x.shape[0]!, 6, 6, 1],
        2,
        "same",
      ),
  ],
  "pools": [
    [4, 4, 1],
    (x) =>
      tf.maxPool(x as tf.Tensor4D, 2, 2, "same").add(
        tf.avgPool(x as tf.Tensor4D, 2, 2, "same"),
      ),
  ],
  "attention": [
    [3, 4],
    (x) => tf.matMul(tf.matMul(x, x, false, true).mul(0.5).softmax(), x),
  ],
  "a mask of ones": [
    [4],
    (x) => x.mul(tf.onesLike(x)).add(tf.ones([x.shape[0]!, 4])),
  ],
  "rows repeated": [[4], (x) => tf.tile(x, [3, 1])],
  "two kinds of rows": [[4], (x) => tf.concat([x, x.neg()], 0)],
  "a row added": [[4], (x) => tf.concat([x, tf.ones([1, 4])], 0)],
  "rows but the first": [[4], (x) => x.slice([1, 0], [-1, 2])],
  "rows backward": [[4], (x) => x.pad([[1, 1], [0, 0]])],
  "columns swapped": [[2, 3], (x) => x.transpose([0, 2, 1])],
  "the axis moved": [[2, 3], (x) => x.transpose([1, 0, 2])],
  "a sum of all": [[4], (x) => x.sum()],
  "a mean of all": [[4], (x) => x.mean()],
  "a mean of rows": [[4], (x) => x.mean(0)],
  "a mean of columns": [[4], (x) => x.mean(1)],
  "what is above the mean of the batch": [
    [4],
    (x) => x.sub(x.mean(0, true)).square().mean(0),
  ],
  "broadcast to the batch": [[4], (x) => x.sum(1, true).mul(tf.ones([1, 4]))],
  "a repeated row": [
    [4],
    (x) => tf.broadcastTo(tf.tensor2d([[1, 2, 3, 4]]), [x.shape[0]!, 4]).add(x),
  ],
};

for (const [name, [item, fn]] of Object.entries(FUNCTIONS)) {
  Deno.test(`an exported file with a free axis computes batches of any size: ${name}`, async () => {
    const bytes = await exportOnnx(({ x }) => ({ y: fn(x) }), {
      inputs: { x: { shape: ["batch", ...item] } },
    });
    const session = await ort.InferenceSession.create(bytes);
    for (const batch of [1, 2, 5, 40]) {
      const shape = [batch, ...item];
      const x = Float32Array.from(
        { length: shape.reduce((a, b) => a * b, 1) },
        () => 2 * random() - 1,
      );
      const { y } = await session.run({
        x: new ort.Tensor("float32", x, shape),
      });
      using eager = await compile(({ x }) => ({ y: fn(x) }), {
        inputs: { x: { shape } },
        device: "tfjs",
      });
      const expected = (await eager.run({ x })).y;
      assertEquals([...y!.dims], [...expected.shape]);
      // Sums of up to 160 numbers below 4, or products of 18.
      assertNear(
        name,
        y!.data as Float32Array,
        expected.data,
        200 * EPSILON * 4,
      );
    }
    await session.release();
  });
}

Deno.test("an exported file names its free axis in every input and output that has it", async () => {
  const bytes = await exportOnnx(({ tokens, mask }) => ({
    y: tokens.mul(mask),
    twice: tf.concat([tokens, tokens], 0),
    all: tokens.sum(),
  }), {
    inputs: {
      tokens: { shape: ["batch", 3] },
      mask: { shape: ["batch", 1] },
      unused: { shape: [2] },
    },
  });
  const session = await ort.InferenceSession.create(bytes);
  const shapesOf = (values: readonly ort.InferenceSession.ValueMetadata[]) =>
    Object.fromEntries(
      values.map((
        value,
      ) => [value.name, value.isTensor ? [...value.shape] : []]),
    );
  assertEquals(shapesOf(session.inputMetadata), {
    tokens: ["batch", 3],
    mask: ["batch", 1],
    unused: [2],
  });
  assertEquals(shapesOf(session.outputMetadata), {
    y: ["batch", 3],
    twice: ["2 batch", 3],
    all: [],
  });
  const feeds = {
    tokens: new ort.Tensor("float32", Float32Array.of(1, 2, 3), [1, 3]),
    mask: new ort.Tensor("float32", Float32Array.of(2), [1, 1]),
    unused: new ort.Tensor("float32", Float32Array.of(0, 0), [2]),
  };
  assertEquals([...(await session.run(feeds))["y"]!.data as Float32Array], [
    2,
    4,
    6,
  ]);
});

Deno.test("an exported file keeps inputs that the function does not use", async () => {
  const bytes = await exportOnnx(({ tokens }) => ({ y: tokens.add(1) }), {
    inputs: { tokens: { shape: [3] }, mask: { shape: [3], dtype: "bool" } },
  });
  const session = await ort.InferenceSession.create(bytes);
  assertEquals([...session.inputNames], ["tokens", "mask"]);
  const { y } = await session.run({
    tokens: new ort.Tensor("float32", Float32Array.of(1, 2, 3), [3]),
    mask: new ort.Tensor("bool", Uint8Array.of(1, 0, 1), [3]),
  });
  assertEquals([...y!.data as Float32Array], [2, 3, 4]);
});

Deno.test("exportOnnx() refuses a free axis on which more than lengths depends", async () => {
  const refuses = (
    fn: Fn,
    shape: readonly (number | string)[] = ["batch", 2],
  ) =>
    assertRejects(
      () => exportOnnx(({ x }) => ({ y: fn(x) }), { inputs: { x: { shape } } }),
      CompileError,
    );
  const range = await refuses((x) =>
    x.add(tf.range(0, x.shape[0]!).reshape([-1, 1]))
  );
  assert(
    range.message.startsWith(
      'Cannot export with the free axis "batch": a constant of float32',
    ),
    range.message,
  );
  const branch = await refuses((x) => x.shape[0]! > 245 ? x.neg() : x.abs());
  assert(
    branch.message.includes("the operation Abs depends on its length"),
    branch.message,
  );
  const parts = await refuses((x) =>
    tf.split(x, [x.shape[0]! - 1, 1])[0]!.mul(x.shape[0]! ** 2)
  );
  assert(parts.message.includes("depends on its length"), parts.message);
  const chance = await refuses((x) =>
    tf.concat([tf.ones([241]), tf.ones([x.shape[0]!]), x.reshape([-1])])
  );
  assert(chance.message.includes('free axis "batch"'), chance.message);
  const two = await refuses((x) => x, ["batch", "length"]);
  assert(
    two.message.startsWith("Expected one free axis but found batch, length"),
    two.message,
  );
});
