import { assertEquals, assertGreater, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import {
  type VaeLikelihoodsConfig,
  vaeLikelihoodsExperiment,
} from "../../../../pipelines/vae/likelihoods/vae_likelihoods.ts";

const config: VaeLikelihoodsConfig = {
  ...{ data: "digits", trainImages: 200, testImages: 40 },
  ...{ latent: 2, hidden: [12] },
  ...{ encoderActivation: "tanh", decoderActivation: "tanh" },
  ...{ initialization: "by-activation", epochs: 1, batch: 50 },
  ...{ learningRate: 3e-3, monteCarlo: 1, validateEvery: 0, patience: 0 },
  ...{ recordEvery: 2, snapshots: [], importanceSamples: 10 },
};

Deno.test("vae-likelihoods measures four models, of which two are no likelihoods of grey pixels", async () => {
  const before = tf.memory().numTensors;
  const store = memoryRun();
  const { summary } = await execute(vaeLikelihoodsExperiment("test"), config, {
    ...{ seed: 0, store, device: "cpu", threads: 1 },
  });
  assertEquals(tf.memory().numTensors, before);
  const cases = [
    ...["binary/bernoulli", "grey/bernoulli"],
    ...["grey/continuous-bernoulli", "grey/normal"],
  ];
  for (const name of cases) {
    const at = (entry: string) => summary[`${name}/${entry}`]!;
    assertGreater(at("logLikelihood"), at("elbo"), name);
  }
  assertEquals(summary["binary/bernoulli/logMass"] ?? 0, 0);
  assertLess(summary["grey/bernoulli/logMass"]!, -100); // 784 pixels, each well below 1
  assertEquals(summary["grey/continuous-bernoulli/logMass"] ?? 0, 0);
  assertLess(summary["grey/normal/logMass"]!, -1);
  assertEquals(store.figures.size > 0, true);
});
