import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertLess } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import {
  type EstimatorsConfig,
  estimatorsExperiment,
} from "../../../../pipelines/vae/estimators/estimators.ts";

const config: EstimatorsConfig = {
  data: "digits",
  trainImages: 300,
  testImages: 60,
  latent: [1, 4],
  hidden: [20],
  encoderActivation: "tanh",
  decoderActivation: "tanh",
  initialization: "by-activation",
  epochs: 2,
  batch: 50,
  learningRate: 3e-3,
  monteCarlo: 1,
  validateEvery: 0,
  patience: 0,
  recordEvery: 4,
  snapshots: [],
  estimateImages: 12,
  samples: 100,
  chains: 8,
  distributions: 27,
  leapfrogSteps: 2,
};

async function run() {
  const store = memoryRun();
  const options = { seed: 0, store, device: "cpu" } as const;
  const { summary } = await execute(estimatorsExperiment, config, options);
  return { store, summary };
}

Deno.test("estimators: quadrature lies between both bounds, and sampling meets it", async () => {
  const before = tf.memory().numTensors;
  const { store, summary } = await run();
  assertEquals(tf.memory().numTensors, before);
  const at = (name: string) => summary[`latent1/${name}`]!;
  // Bounds hold in expectation: 4.5 standard errors over 12 images.
  assertLess(
    at("simulated/lowerDifference"),
    4.5 * at("simulated/lowerDifferenceStdErr"),
  );
  assertLess(
    -at("simulated/upperDifference"),
    4.5 * at("simulated/upperDifferenceStdErr"),
  );
  assertLess(
    Math.abs(at("annealing/difference")),
    4.5 * at("annealing/differenceStdErr") + at("annealing/error"), // biased downwards, by less than its error
  );
  assertEquals("latent4/quadrature" in summary, false); // too many latents
  assertEquals("latent4/simulated/width" in summary, true);
  assertEquals([...store.figures.keys()], [
    "bounds_latent1",
    "errors_latent1",
    "sandwich_latent1",
    "bounds_latent4",
    "sandwich_latent4",
    "latent_sweep",
  ]);
});

Deno.test("estimators: the same seed gives the same bits, without any seconds in them", async () => {
  const [first, second] = [await run(), await run()];
  assertEquals(first.summary, second.summary);
  assertEquals(first.store.records, second.store.records);
  assertEquals(first.store.files, second.store.files);
});
