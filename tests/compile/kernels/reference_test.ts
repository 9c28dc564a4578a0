import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { KNOWN_KERNELS } from "../../../compile/kernels/operand_types.ts";
import { withReferenceKernels } from "../../../compile/kernels/reference.ts";

Deno.test("withReferenceKernels() leaves the kernels of tfjs as they were, also after an error", () => {
  const kernels = () =>
    KNOWN_KERNELS.map((name) => tf.getKernel(name, "cpu")?.kernelFunc);
  const before = kernels();
  withReferenceKernels(() =>
    assert(kernels().some((kernel, i) => kernel !== before[i]))
  );
  assertThrows(() =>
    withReferenceKernels(() => {
      throw new RangeError("a failure");
    }), RangeError);
  assertEquals(kernels().every((kernel, i) => kernel === before[i]), true);
});

Deno.test("withReferenceKernels() leaves no tensors behind", () => {
  const { numTensors, numDataBuffers } = tf.memory();
  const numbers = tf.tidy(() =>
    withReferenceKernels(() => {
      const ints = tf.tensor1d([1, 2, 3], "int32");
      const sum = tf.concat([ints, tf.tensor1d([0.5])]).mul(ints.mean());
      return sum.dataSync().slice();
    }) as unknown as tf.TensorContainerObject // numbers, no tensors
  ) as unknown as Float32Array;
  assertEquals([...numbers], [2, 4, 6, 1]);
  const after = tf.memory();
  assertEquals([after.numTensors, after.numDataBuffers], [
    numTensors,
    numDataBuffers,
  ]);
});

Deno.test("the error function of device tfjs is right to the digits of float32", () => {
  // Abramowitz & Stegun 1964, table 7.1, and its series at 0.
  const table = [
    [0, 0],
    [1e-9, 1.1283791670955126e-9],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [-1, -0.8427007929497149],
    [3.5, 0.9999992569016276],
    [5, 1],
    [-Infinity, -1],
  ] as const;
  const found = tf.tidy(() =>
    withReferenceKernels(() => tf.erf(tf.tensor1d(table.map(([x]) => x))))
      .arraySync() as number[] as never
  ) as number[];
  table.forEach(([x, y], i) =>
    assert(
      Math.abs(found[i]! - y) <= 2 ** -23 * Math.abs(y),
      `erf(${x}): ${found[i]}`,
    )
  );
});

Deno.test("a cast to float32 rounds on device tfjs, as float32 does", () => {
  const found = withReferenceKernels(() => {
    const wide = tf.tensor1d([16777217, -2147483647], "int32");
    const numbers = wide.cast("float32").dataSync().slice();
    wide.dispose();
    return numbers;
  });
  assertEquals([...found], [16777216, -2147483648]);
});
