import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { compile } from "../../compile/compile.ts";

type Fn = (...operands: tf.Tensor[]) => tf.Tensor;

/** Functions at the edges of what shapes allow: scalars, axes of length 0 and 1, operands that are broadcast. */
const CASES: Readonly<
  Record<string, readonly [shapes: readonly (readonly number[])[], fn: Fn]>
> = {
  "softmax of no rows": [[[0, 3]], (x) => tf.softmax(x!)],
  "a running sum of nothing": [[[3, 0]], (x) => tf.cumsum(x!, 1)],
  "a running product of whole numbers, from 1 on": [
    [[2, 3]],
    (x) => tf.cumprod(x!.cast("int32"), 1, true).cast("float32"),
  ],
  "a running product of nothing": [[[3, 0]], (x) => tf.cumprod(x!, 1)],
  "none of the largest": [[[3]], (x) => tf.topk(x!, 0).values],
  "joined with nothing": [[[0, 2], [3, 2]], (a, b) => tf.concat([a!, b!], 0)],
  "nothing joined": [[[0, 2], [0, 2]], (a, b) => tf.concat([a!, b!], 0)],
  "scalars stacked": [[[], []], (a, b) => tf.stack([a!, b!])],
  "a product without terms": [[[2, 0], [0, 3]], (a, b) => tf.matMul(a!, b!)],
  "a transposed product without terms": [
    [[0, 2], [0, 3]],
    (a, b) => tf.matMul(a!, b!, true),
  ],
  "a product without terms, by a transposed matrix": [
    [[2, 0], [3, 0]],
    (a, b) => tf.matMul(a!, b!, false, true),
  ],
  "a product of no rows": [[[0, 2], [2, 3]], (a, b) => tf.matMul(a!, b!)],
  "products of no stacks": [
    [[0, 2, 3], [0, 3, 1]],
    (a, b) => tf.matMul(a!, b!),
  ],
  "products of stacks without terms": [
    [[2, 2, 0], [2, 0, 1]],
    (a, b) => tf.matMul(a!, b!),
  ],
  "a sum of nothing": [[[0]], (x) => x!.sum()],
  "a product of nothing": [[[0]], (x) => x!.prod()],
  "no repetition": [[[2]], (x) => x!.tile([0])],
  "padding around nothing": [[[0]], (x) => x!.pad([[1, 2]])],
  "a scalar turned": [[[]], (x) => tf.transpose(x!)],
  "a slice of nothing": [[[3]], (x) => x!.slice([1], [0])],
  "a part of nothing": [[[3]], (x) => tf.split(x!, [0, 3])[0]!],
  "nothing picked": [[[3]], (x) => tf.gather(x!, tf.tensor1d([], "int32"))],
  "one picked": [[[3]], (x) => tf.gather(x!, tf.scalar(1, "int32"))],
  "a mask of a scalar": [[[3]], (x) => tf.where(tf.scalar(true), x!, x!.neg())],
  "a convolution of no images": [
    [[0, 4, 4, 1], [2, 2, 1, 2]],
    (x, f) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, "same"),
  ],
  "segments of nothing": [
    [[0, 2]],
    (x) => tf.unsortedSegmentSum(x!, tf.tensor1d([], "int32"), 3),
  ],
  "nothing scattered": [
    [[0, 2]],
    (x) => tf.scatterND(tf.tensor2d([], [0, 1], "int32"), x!, [3, 2]),
  ],
  "nothing broadcast": [[[0, 1], [3]], (x, y) => x!.add(y!)],
  "slopes of more axes": [[[3], [2, 3]], (x, slopes) => tf.prelu(x!, slopes!)],
  "one slope": [[[2, 3], [1]], (x, slope) => tf.prelu(x!, slope!)],
  "six axes": [[[1, 2, 1, 2, 1, 2]], (x) => x!.sum([1, 3])],
  "an outer product by Einstein's convention": [
    [[3], [2]],
    (x, y) => tf.einsum("i,j->ij", x!, y!),
  ],
};

for (const [name, [shapes, fn]] of Object.entries(CASES)) {
  Deno.test(`compile() agrees with tfjs at the edges of shapes: ${name}`, async () => {
    const inputs = Object.fromEntries(
      shapes.map((shape, i) => [`x${i}`, { shape }] as const),
    );
    const feeds = Object.fromEntries(shapes.map((shape, i) => {
      const length = shape.reduce((a, b) => a * b, 1);
      return [
        `x${i}`,
        Float32Array.from({ length }, (_, j) => (j + i) % 5 - 1.5),
      ] as const;
    }));
    const results = [];
    for (const device of ["tfjs", "cpu"] as const) {
      using step = await compile(
        (tensors: Readonly<Record<string, tf.Tensor>>) => ({
          y: fn(...shapes.map((_, i) => tensors[`x${i}`]!)), // one for each
        }),
        { inputs, device },
      );
      const { y } = await step.run(feeds);
      results.push([
        [...y.shape],
        ...Array.from(y.data, (number) => Math.round(number * 1e5) / 1e5),
      ]);
    }
    assertEquals(results[1], results[0]);
  });
}

Deno.test("einsum sums over letters that one factor alone has, eagerly", async () => {
  // By hand, of [[1, 2], [3, 4]] and [5, 6].
  const cases = [
    ["ij,k->i", [33, 77]],
    ["ij,k->", [110]],
    ["ij,k->k", [50, 60]],
    ["ij,j->i", [17, 39]],
  ] as const;
  for (const [equation, right] of cases) {
    using step = await compile(
      ({ a, b }) => ({ y: tf.einsum(equation, a, b) }),
      {
        inputs: { a: { shape: [2, 2] }, b: { shape: [2] } },
        device: "tfjs",
      },
    );
    const { y } = await step.run({
      a: Float32Array.of(1, 2, 3, 4),
      b: Float32Array.of(5, 6),
    });
    assertEquals([...y.data], [...right], equation);
  }
});

Deno.test("errors of ONNX Runtime do not get out in its own words", async () => {
  const { runtimeError } = await import("../../compile/run/failure.ts");
  const raw = new Error(
    "Could not find an implementation for Where(16) node with name ''",
  );
  const error = runtimeError("compile", raw) as Error;
  assertEquals(
    error.message,
    'Cannot compile the function: ONNX Runtime refused its graph at its operation Where, for the types or shapes of its tensors; write it with other operations, or use device "tfjs"',
  );
  assertEquals(error.cause, raw);
  const memory = new Error(
    "Failed to allocate memory for requested buffer of size 8",
  );
  assertEquals(
    (runtimeError("run", memory) as Error).message,
    "Cannot run the function: there is not enough memory; take fewer items or steps at once",
  );
  const own = new RangeError("Expected this but found that");
  assertEquals(runtimeError("run", own), own);
});
