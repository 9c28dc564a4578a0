import * as tf from "@tensorflow/tfjs";
import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
} from "@std/assert";
import type { Device } from "../../../compile/types.ts";
import { createVae, type Vae } from "../../../models/vae.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import type { Progress } from "../../../pipelines/core/context.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import type { ImageSplit } from "../../../pipelines/images/images.ts";
import {
  type ImageLogLikelihoods,
  measureLogLikelihood,
} from "../../../pipelines/vae/measure_log_likelihood.ts";

const COUNT = 13; // not a multiple of any block

const images: ImageSplit = {
  pixels: Uint8Array.from({ length: COUNT * 6 }, (_, i) => (i * i % 7) & 1),
  labels: new Uint8Array(COUNT),
  count: COUNT,
  rows: 2,
  columns: 3,
};

function vaeOf(latent: number) {
  return createVae(
    { pixels: 6, hidden: 8, latent },
    sampleParameter(keyFrom(5)),
  );
}

function measuring(
  vae: Vae,
  importanceSamples: number,
  split: ImageSplit = images,
): Stage<object, { readonly found: ImageLogLikelihoods }> {
  return stage(
    "measure",
    { needs: [], adds: { found: "" } },
    async (_, context) => {
      const options = { latent: 1, importanceSamples };
      const found = await measureLogLikelihood(vae, split, options, context);
      return { found };
    },
  );
}

async function measure(
  vae: Vae,
  importanceSamples: number,
  device: Device = "cpu",
  split: ImageSplit = images,
): Promise<ImageLogLikelihoods> {
  const measured = measuring(vae, importanceSamples, split);
  return (await execute(measured, {}, { seed: 1, device })).found;
}

/** log of the integral of p(x | z) p(z) over z, by the trapezoidal rule on a grid far finer than the integrand. */
function quadrature(vae: Vae): number[] {
  const [from, step, points] = [-10, 0.005, 4001];
  return tf.tidy(() => {
    const z = tf.linspace(from, -from, points).reshape([points, 1, 1]);
    const pixels = tf.tensor2d(Float32Array.from(images.pixels), [COUNT, 6]);
    const logJoint = vae.decode(z).logProb(pixels).add(vae.prior.logProb(z));
    const logSum = tf.logSumExp(logJoint, 0).dataSync();
    return [...logSum].map((sum) => sum + Math.log(step));
  });
}

Deno.test("measureLogLikelihood() meets the integral over a one-dimensional latent", async () => {
  using vae = vaeOf(1);
  const exact = quadrature(vae);
  const { logLikelihood, standardError } = await measure(vae, 4000);
  exact.forEach((expected, i) => {
    const error = Math.abs(logLikelihood[i]! - expected);
    assertLess(error, 5 * standardError[i]! + 1e-5, `image ${i}`); // 1e-5: float32 sums of 6 pixels
  });
});

Deno.test("measureLogLikelihood() is no better than one sample with one sample", async () => {
  using vae = vaeOf(1);
  const { effectiveSampleSize, standardError } = await measure(vae, 1);
  assertEquals([...effectiveSampleSize], Array(COUNT).fill(1));
  assertEquals([...standardError], Array(COUNT).fill(NaN));
});

Deno.test("measureLogLikelihood() draws the same samples on every device", async () => {
  using vae = vaeOf(1);
  const native = await measure(vae, 130);
  const eager = await measure(vae, 130, "tfjs");
  native.logLikelihood.forEach((value, i) =>
    assertLess(Math.abs(value - eager.logLikelihood[i]!), 1e-5, `image ${i}`) // as above
  );
});

Deno.test("measureLogLikelihood() weighs an image alike, whatever is weighed beside it", async () => {
  using vae = vaeOf(1);
  const all = await measure(vae, 130); // seven images in a call
  const alone = { ...images, count: 1 };
  const first = await measure(vae, 130, "cpu", alone);
  assertAlmostEquals(first.logLikelihood[0]!, all.logLikelihood[0]!, 1e-5); // as above
});

Deno.test("measureLogLikelihood() leaves no tensors behind", async () => {
  using vae = vaeOf(1);
  await measure(vae, 10);
  const before = tf.memory().numTensors;
  await measure(vae, 10);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("measureLogLikelihood() goes on where it was stopped, to the same bits", async () => {
  using vae = vaeOf(1);
  const expected = await measure(vae, 1500); // two calls for each image
  const store = memoryRun();
  const controller = new AbortController();
  const steps: number[] = [];
  const progress: Progress = {
    stage: () => {},
    note: () => {},
    warn: () => {},
    update: ({ step }) => {
      steps.push(step);
      if (step === 5) controller.abort(new DOMException("Stop", "AbortError"));
    },
  };
  const run = (signal: AbortSignal) =>
    execute(measuring(vae, 1500), {}, {
      ...{ seed: 1, device: "cpu", store, progress, signal },
    });
  await assertRejects(() => run(controller.signal), DOMException, "Stop");
  steps.length = 0;
  const { found } = await run(new AbortController().signal);
  assertEquals(found, expected);
  assertEquals(steps, [6, 7, 8, 9, 10, 11, 12, 13]);
});
