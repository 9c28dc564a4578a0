import { assertEquals, assertGreater, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import {
  type VaeLatentsConfig,
  vaeLatentsExperiment,
  vaeLatentsFlags,
} from "../../../../pipelines/vae/latents/vae_latents.ts";

const config: VaeLatentsConfig = {
  ...{ data: "digits", trainImages: 200, testImages: 40, runs: [] },
  ...{ latents: [1, 3], seeds: 2, hidden: [12] },
  ...{ encoderActivation: "tanh", decoderActivation: "tanh" },
  ...{ initialization: "by-activation", epochs: 4, batch: 50 },
  ...{ learningRate: 3e-3, monteCarlo: 1, validateEvery: 0, patience: 0 },
  ...{ recordEvery: 2, snapshots: [], importanceSamples: 10 },
};

Deno.test("vae-latents trains each length with each seed, and compares their means", async () => {
  const before = tf.memory().numTensors;
  const store = memoryRun();
  const { summary } = await execute(vaeLatentsExperiment("test"), config, {
    ...{ seed: 0, store, device: "cpu", threads: 1 },
  });
  assertEquals(tf.memory().numTensors, before);
  for (const latent of [1, 3]) {
    const at = (name: string) => summary[`k${latent}/${name}`]!;
    assertGreater(at("logLikelihood"), at("elbo"));
    assertGreater(at("elboStdErr"), 0); // two seeds differ
    assertGreater(at("elbo"), -784 * Math.LN2);
  }
  assertNotEquals(summary["k1/elbo"], summary["k3/elbo"]);
  assertEquals([...store.figures.keys()], [
    "latent_dimensions",
    "training",
    "log_likelihood",
  ]);
});

Deno.test("vae-latents takes its settings for the sweep and for all of its models", () => {
  const { latents, seeds, epochs, importanceSamples } = vaeLatentsFlags;
  assertEquals(latents.fallback, [1, 2, 3, 5, 10, 20, 50]);
  assertEquals(seeds.fallback, 2);
  assertEquals([epochs.fallback, importanceSamples.fallback], [10, 200]);
});
