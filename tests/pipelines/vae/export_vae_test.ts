import * as ort from "onnxruntime-node";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { createVae } from "../../../models/vae.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { BinaryImages } from "../../../pipelines/images/images.ts";
import { exportVae } from "../../../pipelines/vae/export_vae.ts";
import * as tf from "@tensorflow/tfjs";

const test = {
  pixels: Uint8Array.of(1, 0, 1, 1, 0, 0),
  labels: new Uint8Array(1),
  count: 1,
  rows: 2,
  columns: 3,
};
const images: BinaryImages = {
  train: test,
  validation: test,
  test,
  binarization: "threshold",
  redraw: () => test,
};

Deno.test("exportVae() leaves files that ONNX Runtime runs to the model's numbers", async () => {
  using vae = createVae(
    { pixels: 6, hidden: 4, latent: 2 },
    sampleParameter(keyFrom(0)),
  );
  const store = memoryRun();
  const dataset = { name: "six", sha256: "", builtIn: true, origin: "here" };
  const input = { vae, images, latent: 2, dataset };
  await execute(exportVae, input, { seed: 0, store, device: "tfjs" });

  const image = Float32Array.from(test.pixels);
  const batch = Float32Array.of(...image, ...image.map((ink) => 1 - ink));
  const encoder = await load(store.files.get("model/encoder.onnx"));
  const { mean, logVariance } = await encoder.run({
    image: new ort.Tensor("float32", image, [1, 6]),
  });
  const expected = vae.encode(tf.tensor2d(image, [1, 6]));
  close(mean!, expected.mean);
  close(logVariance!, expected.logVariance);

  const decoder = await load(store.files.get("model/decoder.onnx"));
  const { probabilities } = await decoder.run({ latents: mean! });
  close(probabilities!, vae.decode(expected.mean).mean);
  const two = await encoder.run({
    image: new ort.Tensor("float32", batch, [2, 6]),
  });
  close(two["mean"]!, vae.encode(tf.tensor2d(batch, [2, 6])).mean);
});

async function load(
  file: string | Uint8Array | undefined,
): Promise<ort.InferenceSession> {
  return await ort.InferenceSession.create(file as Uint8Array); // models are bytes
}

function close(found: ort.Tensor, expected: tf.Tensor): void {
  assertEquals(found.dims, expected.shape);
  const numbers = [...found.data as Float32Array]; // as exported
  const tolerance = 16 * 2 ** -24; // three layers of at most six terms of size one
  expected.dataSync().forEach((value, i) =>
    assertAlmostEquals(numbers[i]!, value, tolerance)
  );
}
