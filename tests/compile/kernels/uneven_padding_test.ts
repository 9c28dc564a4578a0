import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { CompileError } from "../../../compile/compile_error.ts";

const INPUTS = { x: { shape: [1, 5, 4, 1] } } as const;

/** TensorFlow.js 4.22 finds two columns for these, where there are four. */
const cases: Readonly<Record<string, (x: tf.Tensor4D) => tf.Tensor>> = {
  Conv2D: (x) => tf.conv2d(x, tf.ones([3, 3, 1, 1]), [2, 1], 1),
  DepthwiseConv2dNative: (x) =>
    tf.depthwiseConv2d(x, tf.ones([3, 1, 1, 1]), 1, 1),
  MaxPool: (x) => tf.maxPool(x, [3, 2], 1, 1),
  AvgPool: (x) => tf.avgPool(x, 3, [2, 1], 1),
};

for (const device of ["tfjs", "cpu"] as const) {
  Deno.test(`one padding for windows or strides that are not square is refused, ${device}`, async () => {
    for (const [kernel, fn] of Object.entries(cases)) {
      await assertRejects(
        async () => {
          using step = await compile(({ x }) => ({ y: fn(x) }), {
            inputs: INPUTS,
            device,
          });
          await step.run({ x: new Float32Array(20) });
        },
        CompileError,
        `Cannot compile ${kernel} with the padding 1 for all sides`,
      );
    }
  });

  Deno.test(`a padding for each side goes with strides that are not square, ${device}`, async () => {
    using step = await compile(({ x }) => {
      const sides: [number, number][] = [[0, 0], [1, 1], [1, 1], [0, 0]];
      const pad = sides as Parameters<typeof tf.conv2d>[3]; // which has four
      return { y: tf.conv2d(x, tf.ones([3, 3, 1, 1]), [2, 1], pad) };
    }, { inputs: INPUTS, device });
    const { y } = await step.run({ x: new Float32Array(20).fill(1) });
    assertEquals(y.shape, [1, 3, 4, 1]);
    assertEquals([...y.data], [4, 6, 6, 4, 6, 9, 9, 6, 4, 6, 6, 4]);
  });
}
