import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import * as ort from "onnxruntime-node";
import { createVae } from "../../../models/vae.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { newRecord } from "../../../pipelines/core/run/new_record.ts";
import { writeRecord } from "../../../pipelines/core/run/run_record.ts";
import { exportOnnxRun } from "../../../pipelines/finished/export_onnx_run.ts";
import { loadRun } from "../../../pipelines/finished/load_run.ts";
import { sampleRun } from "../../../pipelines/finished/sample_run.ts";
import { transformerFor } from "../../../pipelines/language/build_transformer.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { leave } from "./leave_run.ts";
import { families } from "./left_families.ts";

const draw = sampleParameter(keyFrom(3));

for (const { kind, leave, pixels } of families) {
  Deno.test(`loadRun() rebuilds the model of a ${kind} of ${pixels} pixels, which can be sampled and written as ONNX for any batch`, async () => {
    const folder = await leave();
    using run = await loadRun(folder);
    await Deno.remove(folder, { recursive: true });
    assertEquals(run.model?.kind, kind);
    assertEquals(run.summary, { "test/elbo": -1.5 });
    assertEquals(run.metrics.length, 1);
    const options = { count: 3, steps: 2, device: "tfjs" } as const;
    const first = await sampleRun(run, options);
    assert(first.kind === "images");
    assertEquals(first.grey.length, 3 * pixels);
    assert(first.grey.every((grey) => grey >= 0 && grey <= 1));
    assertEquals(await sampleRun(run, options), first);
    assertNotEquals(await sampleRun(run, { ...options, seed: 1 }), first);
    for (const [, bytes] of await exportOnnxRun(run)) {
      const session = await ort.InferenceSession.create(bytes);
      for (const batch of [1, 3]) {
        const feeds = Object.fromEntries(
          session.inputMetadata.map((input) => {
            if (!input.isTensor) throw new TypeError("Expected tensors");
            const shape = [batch, ...input.shape.slice(1).map(Number)];
            const size = shape.reduce((product, axis) => product * axis, 1);
            const data = input.type === "int32"
              ? new Int32Array(size)
              : new Float32Array(size);
            return [input.name, new ort.Tensor(data as Float32Array, shape)];
          }),
        );
        const outputs = await session.run(feeds);
        for (const { dims } of Object.values(outputs)) {
          assertEquals(dims[0], batch);
        }
      }
      await session.release();
    }
  });
}

Deno.test("loadRun() rebuilds a transformer with its vocabulary, and it writes", async () => {
  const config = {
    architecture: "causal",
    translation: "copy",
    width: 8,
    heads: 2,
    feedForward: 2,
    activation: "relu",
    positions: "sinusoidal",
    initialization: "glorot",
    context: 5,
    normalization: "pre",
    layers: 1,
  } as const;
  const vocabulary = ["a", "b", "c"];
  using model = transformerFor(vocabulary, config, keyFrom(1));
  const told = { vocabulary: JSON.stringify(vocabulary) };
  const folder = await leave(config, model.variables, told);
  using run = await loadRun(folder);
  await Deno.remove(folder, { recursive: true });
  assertEquals(run.model?.kind, "language");
  const options = { count: 2, length: 7, device: "tfjs" } as const;
  const samples = await sampleRun(run, options);
  assert(samples.kind === "texts");
  assert(samples.texts.every((text) => /^[abc]{7}$/.test(text)));
  const [[name, bytes] = []] = await exportOnnxRun(run);
  assertEquals(name, "next.onnx");
  const session = await ort.InferenceSession.create(bytes!);
  for (const batch of [1, 4]) {
    const before = new ort.Tensor(new Int32Array(batch * 5), [batch, 5]);
    const { logits } = await session.run({ before });
    assertEquals(logits!.dims, [batch, 5, 3]);
  }
  await session.release();
});

Deno.test("loadRun() gives weights and settings also where it knows no family", async () => {
  using flow = createVae({ latent: 2, hidden: [3], pixels: 4 }, draw);
  const folder = await leave({ beta: 4 }, flow.variables, {});
  using run = await loadRun(folder);
  await Deno.remove(folder, { recursive: true });
  assertEquals(run.model, undefined);
  assertEquals(run.settings, { beta: 4 });
  assertEquals(Object.keys(run.weights), Object.keys(flow.variables));
  await assertRejects(() => sampleRun(run, { count: 1 }), RangeError, "of a");
});

Deno.test("loadRun() refuses a run that has not finished, and one without weights", async () => {
  const folder = await Deno.makeTempDir();
  const start = {
    task: "a",
    config: {},
    seed: 0,
    device: "cpu",
    threads: 1,
  } as const;
  const record = newRecord({ ...start, commandLine: [] });
  writeRecord(folder, record);
  await assertRejects(() => loadRun(folder), RangeError, "but it is running");
  writeRecord(folder, { ...record, status: "finished" });
  await assertRejects(
    () => loadRun(folder),
    RangeError,
    "found no model/weights",
  );
  await Deno.remove(folder, { recursive: true });
});
