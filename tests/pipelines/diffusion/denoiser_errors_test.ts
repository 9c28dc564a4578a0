import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { mixingAt } from "../../../models/diffusion/bound_terms.ts";
import { fold, keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { compileDenoiser } from "../../../pipelines/diffusion/compile_denoiser.ts";
import { itemsOf } from "../../../pipelines/diffusion/denoising_model.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import { estimateImages } from "../../../pipelines/diffusion/estimate_images.ts";
import {
  errorValues,
  fitDenoiser,
} from "../../../pipelines/diffusion/fit_denoiser.ts";
import { noiseErrors } from "../../../pipelines/diffusion/noise_error.ts";
import { readWeights } from "../../../pipelines/training/weights.ts";
import { inContext } from "../in_context.ts";
import { bars, smallTraining } from "./small_diffusion.ts";

const run = {
  ...{ device: "cpu", threads: 1 } as const,
  signal: new AbortController().signal,
};
const squareMean = (values: Float32Array) =>
  values.reduce((sum, z) => sum + z * z, 0) / values.length;

Deno.test("noiseErrors() of a network that says nothing are the noise itself, at timesteps spread evenly", async () => {
  const sizes = { ...smallTraining, prediction: "noise" } as const;
  using model = await diffusionModel(sizes, 8, keyFrom(0));
  using denoiser = await compileDenoiser(model, 3, run);
  const found = await noiseErrors(
    model,
    denoiser,
    itemsOf(bars(8)),
    keyFrom(7),
  );
  assertEquals(found.map(({ timestep }) => timestep), [
    ...[6, 18, 31, 43, 56, 68, 81, 93], // (i + 1/2) 100 / 8
  ]);
  found.forEach(({ noise }, i) => {
    const first = 3 * Math.floor(i / 3); // the first of its call
    const size = Math.min(3, 8 - first);
    const drawn = normal(fold(keyFrom(7), first), 64 * size);
    const own = drawn.subarray(64 * (i - first), 64 * (i - first + 1));
    assertAlmostEquals(noise, squareMean(own), 1e-5);
  });
});

Deno.test("estimateImages() clips estimates of pixels, and measures images clipped and noise not", async () => {
  const sizes = { ...smallTraining, prediction: "image" } as const;
  using model = await diffusionModel(sizes, 8, keyFrom(0));
  using denoiser = await compileDenoiser(model, 4, run);
  const items = itemsOf(bars(5));
  const at = [0, 20, 50, 80, 99];
  const { images, imageErrors, noiseErrors } = await estimateImages(
    ...[model, denoiser, items, at, keyFrom(7)] as const,
  );
  // it estimates 0 everywhere: the error of noise is that of the image over the ratio of noise to signal
  assert(images.every((value) => value === 0));
  at.forEach((t, i) => {
    const pixels = Float32Array.from(
      items.values.subarray(64 * i, 64 * (i + 1)),
      (byte) => byte / 127.5 - 1,
    );
    assertAlmostEquals(imageErrors[i]!, squareMean(pixels), 1e-6);
    const { signal, spread } = mixingAt(model.schedule, t);
    const wanted = squareMean(pixels) * (signal / spread) ** 2;
    assertAlmostEquals(noiseErrors[i]! / wanted, 1, 1e-5);
  });

  const noisy = { ...smallTraining, prediction: "noise" } as const;
  using other = await diffusionModel(noisy, 8, keyFrom(0));
  using same = await compileDenoiser(other, 4, run);
  const found = await estimateImages(
    ...[other, same, items, at, keyFrom(7)] as const,
  );
  // it estimates no noise: the image is the noisy one over the signal, cut at -1 and 1
  const first = normal(fold(keyFrom(7), 0), 4 * 64);
  [0, 2].forEach((i) => {
    const { signal, spread } = mixingAt(other.schedule, at[i]!);
    let squares = 0;
    for (let j = 64 * i; j < 64 * (i + 1); j++) {
      const truth = items.values[j]! / 127.5 - 1;
      const plain = (signal * truth + spread * first[j]!) / signal;
      const cut = Math.min(1, Math.max(-1, plain));
      assertAlmostEquals(found.images[j]!, cut, 1e-5);
      squares += (cut - truth) ** 2;
    }
    assertAlmostEquals(found.imageErrors[i]!, squares / 64, 1e-5);
  });
});

Deno.test("errorValues() are means over all images and over quarters, of which each has one image at least", () => {
  const of = (...noises: readonly number[]) =>
    Object.values(errorValues(
      "some",
      noises.map((noise, timestep) => ({ timestep, noise })),
    ));
  assertEquals(of(1, 2, 3, 4, 5, 6, 7, 8), [4.5, 1.5, 3.5, 5.5, 7.5]);
  assertEquals(of(1, 2, 6), [3, 1, 1, 2, 6]);
  assertEquals(of(5), [5, 5, 5, 5, 5]);
  const names = Object.keys(errorValues("some", [{ timestep: 0, noise: 1 }]));
  assertEquals(names[0], "some/noiseError");
});

Deno.test("the running average forgets its start: after one update it keeps two elevenths", async () => {
  await inContext(async (context) => {
    using model = await diffusionModel(smallTraining, 8, keyFrom(0));
    const before = await readWeights(model.averaged.variables);
    const items = itemsOf(bars(20));
    const { snapshots } = await fitDenoiser(
      { model, train: items, held: { ...items, count: 4 } },
      { ...smallTraining, updates: 1, recordEvery: 1, validateEvery: 1 },
      context,
    );
    const trained = await readWeights(model.trained.variables);
    const { weights } = snapshots.at(-1)!;
    for (const [name, { data }] of Object.entries(weights)) {
      data.forEach((value, i) => {
        const wanted = 2 / 11 * Number(before[name]!.data[i]) +
          9 / 11 * Number(trained[name]!.data[i]);
        assertAlmostEquals(Number(value), wanted, 1e-6, name);
      });
    }
  });
});

Deno.test("weights are kept after a sixteenth, a quarter and all of the updates", async () => {
  await inContext(async (context) => {
    using model = await diffusionModel(smallTraining, 8, keyFrom(0));
    const items = itemsOf(bars(20));
    const { snapshots } = await fitDenoiser(
      { model, train: items, held: { ...items, count: 4 } },
      { ...smallTraining, updates: 33, recordEvery: 1, validateEvery: 33 },
      context,
    );
    assertEquals(snapshots.map(({ step }) => step), [3, 9, 33]);
  });
});
