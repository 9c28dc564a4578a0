import { assertAlmostEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { createVae, type Vae } from "../../../models/vae.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import type { ImageSplit } from "../../../pipelines/images/images.ts";
import {
  type ImageIntegrals,
  quadratureMeter,
} from "../../../pipelines/vae/measure_quadrature.ts";

const COUNT = 5;

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

async function measure(vae: Vae, latent: number): Promise<ImageIntegrals> {
  const measured: Stage<object, { readonly found: ImageIntegrals }> = stage(
    "measure",
    { needs: [], adds: { found: "" } },
    async (_, context) => {
      using meter = await quadratureMeter(vae, images, latent, context);
      return { found: await meter.measure() };
    },
  );
  return (await execute(measured, {}, { seed: 1, device: "cpu" })).found;
}

Deno.test("probabilities of all images of six pixels sum to one", async () => {
  const every: ImageSplit = {
    ...images,
    pixels: Uint8Array.from(
      { length: 64 * 6 },
      (_, i) => Math.floor(i / 6) >> i % 6 & 1,
    ),
    labels: new Uint8Array(64),
    count: 64,
  };
  using vae = vaeOf(2);
  const measured: Stage<object, { readonly total: number }> = stage(
    "measure",
    { needs: [], adds: { total: "" } },
    async (_, context) => {
      using meter = await quadratureMeter(vae, every, 2, context);
      const { logLikelihood } = await meter.measure();
      return { total: logLikelihood.reduce((sum, x) => sum + Math.exp(x), 0) };
    },
  );
  const { total } = await execute(measured, {}, { seed: 1, device: "cpu" });
  assertAlmostEquals(total, 1, 1e-5); // float32 sums of six pixels
});

Deno.test("quadratureMeter() meets a grid of its own for the gap", async () => {
  using vae = vaeOf(1);
  const { logLikelihood, gap, spacingError } = await measure(vae, 1);
  const [from, step, points] = [-10, 0.01, 2001];
  const pixels = tf.tensor2d(Float32Array.from(images.pixels), [COUNT, 6]);
  const z = tf.linspace(from, -from, points).reshape([points, 1, 1]);
  const logJoint = vae.decode(z).logProb(pixels).add(vae.prior.logProb(z));
  const logQ = vae.encode(pixels).logProb(z);
  const logExact = tf.logSumExp(logJoint, 0).add(Math.log(step));
  const logPosterior = logJoint.sub(logExact);
  const exact = logExact.dataSync();
  const divergence = logQ.exp().mul(logQ.sub(logPosterior)).sum(0).mul(step)
    .dataSync();
  for (let i = 0; i < COUNT; i++) {
    assertAlmostEquals(logLikelihood[i]!, exact[i]!, 1e-4); // float32 sums of 2,001 terms
    assertAlmostEquals(gap[i]!, divergence[i]!, 1e-4); // as above
    assertLess(spacingError[i]!, 1e-5);
    assertLess(0, gap[i]!);
  }
});

Deno.test("quadratureMeter() agrees over one, two and three dimensions that the decoder ignores", async () => {
  // A decoder whose weights are zero gives every image the same probability for all latents, whatever their number.
  for (const latent of [1, 2, 3]) {
    using vae = vaeOf(latent);
    const weight = vae.variables["decoder/hidden/weight"]!;
    weight.assign(tf.zerosLike(weight));
    const { logLikelihood } = await measure(vae, latent);
    const pixels = tf.tensor2d(Float32Array.from(images.pixels), [COUNT, 6]);
    const exact = vae.decode(tf.zeros([1, latent])).logProb(pixels).dataSync();
    logLikelihood.forEach((value, i) =>
      assertAlmostEquals(value, exact[i]!, 1e-5) // as above
    );
  }
});
