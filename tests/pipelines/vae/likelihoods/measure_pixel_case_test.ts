import { assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import type { PixelImages } from "../../../../pipelines/images/images.ts";
import { measurePixelCase } from "../../../../pipelines/vae/likelihoods/measure_pixel_case.ts";
import { toyImages, toyVae } from "../toy_vae.ts";

const number = (mean: number) => ({ mean, standardError: 0 });

async function measured(images: PixelImages) {
  using vae = toyVae();
  const { pixelCase } = await execute(measurePixelCase, {
    ...{ vae, images, latent: 2, title: "toy", pixelLikelihood: "bernoulli" },
    elbo: { elbo: number(-5), reconstruction: number(-4), kl: number(1) },
    likelihood: {
      ...{ logLikelihood: number(-4.5), samplingError: 0 },
      ...{ effectiveSampleSize: number(3), importanceSamples: 3 },
    },
  }, { seed: 0, device: "cpu", threads: 1 });
  return pixelCase;
}

Deno.test("measurePixelCase() of fair coins on grey pixels: exp of minus the cross-entropy integrates to 1/2 each", async () => {
  const found = await measured({ ...toyImages, binarization: "none" });
  assertAlmostEquals(found.logMass, -4 * Math.LN2, 1e-5);
  assertEquals([found.elbo, found.reconstruction, found.kl], [-5, -4, 1]);
  assertEquals(found.logLikelihood, -4.5);
  assertEquals(new Set(found.means), new Set([0.5]));
  assertEquals([found.means.length, found.drawn.length], [32 * 4, 32 * 4]);
});

Deno.test("measurePixelCase() of coins on binary pixels sums to 1, and draws zeros and ones", async () => {
  const found = await measured(toyImages);
  assertEquals(found.logMass, 0);
  assertEquals([...new Set(found.drawn)].sort(), [0, 1]);
  const ink = found.drawn.reduce((sum, x) => sum + x, 0) / found.drawn.length;
  assertAlmostEquals(ink, 0.5, 4 * 0.5 / Math.sqrt(found.drawn.length));
});
