// Prints how ONNX Runtime is reached with the permissions that this script is given, and what it computes: with state,
// a table, bools, integers, one and several steps in a call, and calls in flight together.
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { loadOnnxRuntime } from "../../../compile/run/native/load.ts";

const table = { data: Uint8Array.of(3, 1, 4, 1, 5, 9), shape: [3, 2] } as const;
const inputs = {
  row: { shape: [1], dtype: "int32" },
  isUsed: { shape: [], dtype: "bool" },
} as const;
const results: number[][] = [];
for (const stepsPerCall of [1, 3]) {
  const weight = tf.variable(tf.tensor1d([0.5, -0.25]));
  using step = await compile(({ row, isUsed, table }) => {
    const x = tf.gather(table, row).reshape([2]).cast("float32");
    const { value, grads } = tf.variableGrads(
      () => x.mul(weight).sum().square() as tf.Scalar,
    );
    const moved = weight.sub(grads[weight.name]!.mul(0.01));
    weight.assign(tf.where(isUsed, moved, weight) as tf.Tensor1D);
    return { value, isLarge: value.greater(1) };
  }, {
    inputs,
    tables: { table },
    outputs: { isLarge: "bool" },
    device: "cpu",
    stepsPerCall,
  });
  for (let call = 0; call < 3; call++) {
    const row = Int32Array.from({ length: stepsPerCall }, (_, i) => i % 3);
    const { value, isLarge } = await step.run({ row, isUsed: call !== 1 });
    results.push([...value.data], [...isLarge.data]);
  }
  await step.sync();
  results.push([...weight.dataSync()]);
}
using double = await compile(({ x }) => ({ y: x.mul(2) }), {
  inputs: { x: { shape: [2] } },
  device: "cpu",
  threads: 2,
  parallel: "calls",
});
const calls = Array.from(
  { length: 9 },
  (_, i) => double.run({ x: Float32Array.of(i, -i) }),
);
for (const { y } of await Promise.all(calls)) results.push([...y.data]);
const { kind } = await loadOnnxRuntime();
const text = JSON.stringify({ kind, results });
Deno.stdout.writeSync(new TextEncoder().encode(text));
