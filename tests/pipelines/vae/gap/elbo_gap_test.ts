import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import {
  elboGap,
  type ElboGapConfig,
} from "../../../../pipelines/vae/gap/elbo_gap.ts";

const config: ElboGapConfig = {
  data: "digits",
  trainImages: 300,
  testImages: 60,
  latent: 1,
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
  snapshots: [0, 0.5, 2],
  gapImages: 50,
  linearVectors: 50,
  linearUpdates: 300,
};

Deno.test("elbo-gap: log p(x) - ELBO is the divergence, for both models at all moments", async () => {
  const before = tf.memory().numTensors;
  const store = memoryRun();
  const { summary } = await execute(elboGap, config, {
    seed: 0,
    store,
    device: "cpu",
  });
  assertEquals(tf.memory().numTensors, before);
  assertLess(summary["linear/greatestResidual"]!, 1e-12); // double precision, numbers of size ten
  assertLess(summary["vae/greatestDeviation"]!, 4.5); // of three deviations with 49 degrees of freedom
  assertLess(summary["vae/spacingError"]!, 1e-3); // float32 sums of 784 pixels
  assertGreater(summary["linear/elboRise"]!, 0);
  assertGreater(summary["vae/elboRise"]!, 0);
  assertEquals([...store.figures.keys()], ["vae_gap", "linear_gap"]);
  const moments = store.records
    .filter(({ values }) => "vae/gap" in values).map(({ step }) => step);
  assertEquals(moments, [0, 3, 12]);
});
