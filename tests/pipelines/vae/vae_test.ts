import * as tf from "@tensorflow/tfjs";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertNotEquals,
} from "@std/assert";
import { buildVae } from "../../../pipelines/vae/build_vae.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { Weights } from "../../../pipelines/training/weights.ts";
import { readWeights } from "../../../pipelines/training/weights.ts";
import { type VaeConfig, vaeExperiment } from "../../../pipelines/vae/vae.ts";
import { threshold } from "../../../pipelines/images/binarize_stages.ts";
import { loadMnist } from "../../../pipelines/images/load_mnist.ts";
import { drawElboTerms } from "../../../pipelines/vae/draw_elbo_terms.ts";
import { trainElbo } from "../../../pipelines/vae/train_elbo.ts";

const config: VaeConfig = {
  data: "digits",
  trainImages: 300,
  testImages: 60,
  latent: 3,
  hidden: [20],
  encoderActivation: "tanh",
  decoderActivation: "tanh",
  initialization: "by-activation",
  epochs: 3,
  batch: 50,
  learningRate: 3e-3,
  monteCarlo: 2,
  validateEvery: 0,
  patience: 0,
  recordEvery: 4,
  snapshots: [0, 1],
  importanceSamples: 20,
  reconstructions: 8,
};

/** Trains, and tells the final weights and what was recorded. */
async function trained(seed: number, draws: "figures" | "nothing") {
  const start = pipeline<VaeConfig>("vae-test")
    .pipe(loadMnist).pipe(threshold).pipe(buildVae);
  const store = memoryRun();
  let weights: Weights = {};
  const options = { seed, store, device: "cpu" } as const;
  const chain = draws === "figures"
    ? start.pipe(trainElbo).pipe(drawElboTerms)
    : start.pipe(trainElbo);
  const { vae } = await execute(chain.give("vae"), config, options);
  weights = await readWeights(vae.variables);
  vae[Symbol.dispose]();
  return { weights, records: store.records };
}

Deno.test("the same seed trains to the same bits, and another to others", async () => {
  const first = await trained(0, "nothing");
  assertEquals(await trained(0, "nothing"), first);
  assertNotEquals((await trained(1, "nothing")).records, first.records);
});

Deno.test("a stage that draws changes neither records nor weights", async () => {
  assertEquals(await trained(2, "figures"), await trained(2, "nothing"));
});

Deno.test("vaeExperiment() measures, draws and frees everything", async () => {
  const before = tf.memory().numTensors;
  const store = memoryRun();
  const { summary } = await execute(vaeExperiment("vae-test"), config, {
    seed: 0,
    store,
    device: "cpu",
  });
  assertEquals(tf.memory().numTensors, before);
  assertEquals([...store.figures.keys()].sort(), [
    "elbo_terms",
    "latents",
    "reconstructions",
    "samples",
  ]);
  assertEquals([...store.files.keys()], [
    "model/weights.safetensors",
    "model/encoder.onnx",
    "model/decoder.onnx",
    "samples/images-idx3-ubyte",
  ]);
  assertAlmostEquals(
    summary["test/elbo"]!,
    summary["test/reconstruction"]! - summary["test/kl"]!,
    1e-9, // double precision means of the same numbers
  );
  assertGreater(summary["test/logLikelihood"]!, summary["test/elbo"]!);
  assertGreater(summary["test/elbo"]!, -784 * Math.log(2)); // better than a fair coin for each pixel
});

Deno.test("training on the CPU and eagerly agree for the first updates", async () => {
  const [native, eager] = [memoryRun(), memoryRun()];
  const short = { ...config, epochs: 1 };
  const run = pipeline<VaeConfig>("vae-test")
    .pipe(loadMnist).pipe(threshold).pipe(buildVae).pipe(trainElbo)
    .give("training");
  await execute(run, short, { seed: 0, store: native, device: "cpu" });
  await execute(run, short, { seed: 0, store: eager, device: "tfjs" });
  assertEquals(native.records.length, eager.records.length);
  native.records.forEach(({ values }, i) => {
    for (const [name, value] of Object.entries(values)) {
      // A sum of 784 float32 terms of about 1 nat is off by up to 784 * 2^-24 of its size; six updates of Adam at a
      // rate of 3e-3 move each weight by at most 2e-2, and carry such differences on without enlarging them.
      const tolerance = 784 * 2 ** -24 * Math.max(1, Math.abs(value));
      assertAlmostEquals(value, eager.records[i]!.values[name]!, tolerance);
    }
  });
});
