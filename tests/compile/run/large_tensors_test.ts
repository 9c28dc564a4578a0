import * as ort from "onnxruntime-node";
import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { CompileError } from "../../../compile/compile_error.ts";
import { exportOnnx, exportOnnxFiles } from "../../../compile/export.ts";
import {
  checkSize,
  feedLargeTensors,
} from "../../../compile/onnx/large_tensors.ts";
import type { OnnxGraph } from "../../../compile/onnx/model.ts";
import { cpuRunner } from "../../../compile/run/cpu.ts";
import type { StepFunction } from "../../../compile/step_function.ts";
import { random } from "../agreement.ts";

/** 48 kB and 16 kB of float32, and 8 kB of int32. */
const wide = tf.tensor(Float32Array.from({ length: 64 * 192 }, random), [
  64,
  192,
]);
const narrow = tf.tensor(Float32Array.from({ length: 192 * 21 }, random), [
  192,
  21,
]);
const picked = tf.tensor(
  Int32Array.from({ length: 2048 }, (_, i) => 5 * i % 21),
  [2048],
  "int32",
);
const compute: StepFunction = ({ x }) => {
  const scores = tf.matMul(tf.matMul(x as tf.Tensor2D, wide), narrow);
  return { y: tf.gather(scores, picked as tf.Tensor1D, 1) };
};
const shape = [2, 64] as const;

Deno.test("constants that do not fit into a file are fed, with the same bits", async () => {
  for (const stepsPerCall of [1, 3]) {
    const x = Float32Array.from({ length: 128 * stepsPerCall }, random);
    const [all, some, none] = await Promise.all(
      [undefined, 40_000, 100].map(async (mostBytes) => {
        const runner = await cpuRunner(compute, {
          inputs: { x: { shape } },
          tables: {},
          outputs: {},
          threads: 1,
          stepsPerCall,
          parallel: "operations",
          variables: "changing",
          ...mostBytes !== undefined && { mostBytes },
        });
        const batch = { steps: stepsPerCall, arrays: new Map([["x", x]]) };
        const { y } = await runner.run(batch);
        runner.dispose();
        return y!.data;
      }),
    );
    assertEquals(some, all);
    assertEquals(none, all);
  }
});

Deno.test("feedLargeTensors() takes out the largest first, and no more than it must", () => {
  const tensor = (name: string, size: number, dtype: "float32" | "int64") => ({
    ...{ name, dtype, shape: [size / (dtype === "int64" ? 8 : 4)] },
    bytes: new Uint8Array(size),
  });
  const graph: OnnxGraph = {
    name: "sum",
    nodes: [
      { op: "Sum", inputs: ["a", "b", "c"], outputs: ["y"], attributes: {} },
    ],
    inputs: [],
    outputs: [{ name: "y", dtype: "float32", shape: [] }],
    tensors: [
      tensor("a", 2048, "float32"),
      tensor("b", 8192, "float32"),
      tensor("c", 9000, "int64"),
      tensor("d", 512, "float32"),
    ],
  };
  const names = (most: number) =>
    feedLargeTensors(graph, most).tensors.map(({ name }) => name);
  assertEquals(names(19_752), []);
  assertEquals(names(19_751), ["constant/b"]);
  assertEquals(names(0), ["constant/b", "constant/a"]);
  const [node] = feedLargeTensors(graph, 19_000).graph.nodes;
  assertEquals(node?.inputs, ["a", "constant/b", "c"]);
  checkSize(graph, 19_752);
  assertThrows(() => checkSize(graph, 19_751), CompileError, "exportOnnxFiles");
});

Deno.test("exportOnnxFiles() writes numbers beside the model, from where another runtime loads them", async () => {
  const weights = tf.variable(wide);
  const fn = ({ x }: { readonly x: tf.Tensor2D }) => ({
    y: tf.gather(tf.matMul(tf.matMul(x, weights), narrow), picked, 1),
  });
  const inputs = { x: { shape } } as const;
  const whole = await exportOnnx(fn, { inputs });
  const { model, data } = await exportOnnxFiles(fn, {
    inputs,
    dataName: "numbers.data",
  });
  assert(model.length < 4096);
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/model.onnx`, model);
    await Deno.writeFile(
      `${folder}/numbers.data`,
      ReadableStream.from(data),
    );
    const x = new ort.Tensor(
      "float32",
      Float32Array.from({ length: 128 }, random),
      shape,
    );
    const results = [];
    for (
      const session of [
        await ort.InferenceSession.create(whole),
        await ort.InferenceSession.create(`${folder}/model.onnx`),
      ]
    ) {
      results.push((await session.run({ x }))["y"]!.data);
      await session.release();
    }
    assertEquals(results[1], results[0]);
  } finally {
    await Deno.remove(folder, { recursive: true });
    weights.dispose();
  }
});
