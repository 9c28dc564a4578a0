import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { pixelLogMass } from "../../../models/diffusion/pixel_decoder.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { compileDenoiser } from "../../../pipelines/diffusion/compile_denoiser.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import { measureBits } from "../../../pipelines/diffusion/measure_bits.ts";
import {
  sampleImages,
  toBytes,
} from "../../../pipelines/diffusion/sample_images.ts";
import {
  samplerByName,
  samplerNames,
} from "../../../pipelines/diffusion/samplers_by_name.ts";
import { histogramBits } from "../../../pipelines/images/grey_histogram.ts";
import { drawWave } from "../../golden/waves.ts";
import { bars, smallImages, smallTraining } from "./small_diffusion.ts";

const run = {
  device: "cpu",
  threads: 1,
  signal: new AbortController().signal,
  progress: { stage() {}, update() {}, note() {}, warn() {} },
} as const;

/** A model whose weights are waves, so that its output depends on everything. */
async function waveModel() {
  const model = await diffusionModel(smallTraining, 8, keyFrom(0));
  for (const [name, variable] of Object.entries(model.averaged.variables)) {
    const values = drawWave({
      name,
      shape: variable.shape,
    }, 0.2);
    const tensor = variable.reshape([-1]);
    variable.assign(tensor.mul(0).add(values).reshape(variable.shape));
    tensor.dispose();
  }
  return model;
}

Deno.test("an image does not depend on the batch that it is drawn in", async () => {
  using model = await waveModel();
  using few = await compileDenoiser(model, 2, run);
  using many = await compileDenoiser(model, 5, run);
  for (const name of ["euler-ancestral", "dpm2"] as const) {
    const request = {
      ...samplerByName(name, model.schedule, 4),
      conditions: [0, 1, 2, 3, 4],
      guidance: 2,
      key: keyFrom(3),
    };
    const one = await sampleImages(model, few, request, run);
    const other = await sampleImages(model, many, request, run);
    one.forEach((value, i) => assertAlmostEquals(value, other[i]!, 1e-3));
  }
});

Deno.test("a denoiser gives as many predictions as it is asked for, in whatever pieces it takes them", async () => {
  using model = await waveModel();
  using whole = await compileDenoiser(model, 33, run);
  using parts = await compileDenoiser(model, 64, run);
  const images = drawWave({ name: "images", shape: [33 * 64] }, 1);
  const timesteps = Array.from({ length: 33 }, (_, i) => i % 7);
  const classes = Array.from({ length: 33 }, (_, i) => i % 10);
  for (const count of [1, 32, 33]) {
    const [one, other] = await Promise.all(
      [whole, parts].map((denoiser) =>
        denoiser.predict(
          images.slice(0, count * 64),
          timesteps.slice(0, count),
          classes.slice(0, count),
        )
      ),
    );
    assertEquals(other!.length, count * 64); // two in, two out
    one!.forEach((value, i) => assertAlmostEquals(value, other![i]!, 1e-4));
  }
});

Deno.test("guidance 1 leaves the negative class without effect, and equal classes leave guidance without", async () => {
  using model = await waveModel();
  using denoiser = await compileDenoiser(model, 3, run);
  const draw = (
    own: { negative?: number[]; guidance?: number; negativePart?: number },
  ) =>
    sampleImages(model, denoiser, {
      ...samplerByName("dpm2", model.schedule, 3),
      conditions: [1, 2, 3],
      key: keyFrom(3),
      ...own,
    }, run);
  const plain = await draw({});
  assertEquals(await draw({ negative: [7] }), plain);
  assertNotEquals(await draw({ negative: [7], guidance: 3 }), plain);
  const away = { negative: [7], guidance: 3 };
  const led = await draw(away);
  const unled = await draw({ guidance: 3 });
  assertEquals(await draw({ ...away, negativePart: 1 }), led);
  assertEquals(await draw({ ...away, negativePart: 0 }), unled);
  // three visits: the first alone, then two of them
  const early = await draw({ ...away, negativePart: 1 / 3 });
  assertNotEquals(early, unled);
  assertNotEquals(early, await draw({ ...away, negativePart: 0.4 }));
  assertNotEquals(early, led);
  const same = {
    ...samplerByName("dpm2", model.schedule, 3),
    conditions: [7, 7],
    key: keyFrom(3),
    negative: [7],
  };
  const [one, strong] = await Promise.all(
    [1, 5].map((guidance) =>
      sampleImages(model, denoiser, { ...same, guidance }, run)
    ),
  );
  one!.forEach((value, i) => assertAlmostEquals(value, strong![i]!, 1e-4));
});

Deno.test("clipped images end within the range of pixels", async () => {
  using model = await waveModel();
  using denoiser = await compileDenoiser(model, 4, run);
  for (const name of samplerNames) {
    const images = await sampleImages(model, denoiser, {
      ...samplerByName(name, model.schedule, 5),
      conditions: [0, 1, 2, 3],
      key: keyFrom(3),
    }, run);
    assert(images.every(Number.isFinite), name);
    if (name === "pndm") continue; // it extrapolates the noise, not the clipped image
    // the last step to a clean end gives the clipped estimate, of multistep methods nearly
    const greatest = Math.max(...images.map(Math.abs));
    assert(greatest < 1.5, `${name}: ${greatest}`);
  }
  assertEquals([...toBytes([-1, -2, 1, 3, 0])], [0, 0, 255, 255, 128]);
});

Deno.test("samplerByName() refuses more steps than timesteps", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  assertThrows(
    () => samplerByName("ddpm", model.schedule, 101),
    RangeError,
    "Expected at most 100 steps but found 101",
  );
});

Deno.test("the bound of a model without knowledge has the terms that its error makes", async () => {
  using model = await diffusionModel(
    { ...smallTraining, prediction: "image" },
    8,
    keyFrom(0),
  );
  const { bound } = await execute(measureBits, {
    grey: smallImages,
    model,
    boundImages: 10,
    boundLevels: 200,
  }, { seed: 0, store: memoryRun(), threads: 1 });
  // a network that has learned nothing estimates 0 for every pixel: its error is the mean square
  const pixels = bars(10).pixels;
  const square = pixels.reduce((s, p) => s + (p / 127.5 - 1) ** 2, 0) /
    pixels.length;
  const snr = (t: number) =>
    model.schedule.alphaBars[t]! / (1 - model.schedule.alphaBars[t]!);
  const exact = (snr(0) - snr(99)) / 2 * square / Math.LN2;
  const { mean, standardError } = bound.consistency.smaller;
  assertAlmostEquals(mean / exact, 1, 0.05); // strata of 0.4 timesteps, of which the first has a third of the sum
  assert(standardError > 0);
  // with the larger variance beta of a step whose posterior has the variance v and moves by c times the error
  const alphaBar = (t: number) => model.schedule.alphaBars[t]!;
  let larger = 0;
  for (let t = 1; t < 100; t++) {
    const beta = 1 - alphaBar(t) / alphaBar(t - 1);
    const v = beta * (1 - alphaBar(t - 1)) / (1 - alphaBar(t));
    const c = Math.sqrt(alphaBar(t - 1)) * beta / (1 - alphaBar(t));
    larger += (v / beta + c * c * square / beta - 1 - Math.log(v / beta)) / 2;
  }
  const found = bound.consistency.larger.mean;
  assertAlmostEquals(found / (larger / Math.LN2), 1, 0.05);
  const last = alphaBar(99);
  const prior = (last * square - last - Math.log(1 - last)) / 2 / Math.LN2;
  assertAlmostEquals(bound.prior / prior, 1, 1e-6);
  assertEquals(bound.parts.map(({ from, to }) => [from, to]), [
    ...[[1, 10], [10, 40], [40, 100]],
  ]);
  for (const { from, to, bits } of bound.parts) {
    const part = (snr(from - 1) - snr(to - 1)) / 2 * square / Math.LN2;
    assertAlmostEquals(bits / part, 1, 0.1, `${from} to ${to}`);
  }
  const withLarger = found + bound.prior + bound.reconstruction.textbook.mean;
  assertAlmostEquals(bound.totalLarger.mean, withLarger, 1e-9);
  const snapping = mean + bound.prior + bound.reconstruction.snapping.mean;
  assertAlmostEquals(bound.total.snapping.mean, snapping, 1e-9);
  const parts = bound.parts.reduce((sum, { bits }) => sum + bits, 0);
  assertAlmostEquals(parts, mean, 1e-9);
  const total = mean + bound.prior + bound.reconstruction.textbook.mean;
  assertAlmostEquals(bound.total.textbook.mean, total, 1e-9);
});

Deno.test("pixel likelihoods add up to 1, with either decoder", () => {
  for (const decoder of ["textbook", "snapping"] as const) {
    for (
      const [estimate, deviation] of [[-0.995, 0.007], [0.2, 0.05], [
        1,
        1,
      ]] as const
    ) {
      let total = 0;
      for (let pixel = 0; pixel < 256; pixel++) {
        total += Math.exp(pixelLogMass(pixel, estimate, deviation, decoder));
      }
      assertAlmostEquals(total, 1, 1e-12);
    }
  }
  const black = (decoder: "textbook" | "snapping") =>
    Math.exp(pixelLogMass(0, -1, 0.0074, decoder));
  assertAlmostEquals(black("textbook"), 0.7, 0.01); // half a bin is 0.53 deviations
  assert(black("snapping") > 0.999999);
});

Deno.test("counting grey levels agrees with a case by hand", () => {
  const image = (...pixels: number[]) => ({
    pixels: Uint8Array.from(pixels),
    labels: Uint8Array.of(0),
    count: 1,
    rows: 2,
    columns: 2,
  });
  const { global, perPixel } = histogramBits(
    image(0, 0, 0, 255),
    image(0, 0, 0, 0),
  );
  assertAlmostEquals(global, -Math.log2((3 + 1 / 256) / 5), 1e-12);
  const seen = -Math.log2((1 + 1 / 256) / 2);
  const unseen = -Math.log2(1 / 256 / 2);
  assertAlmostEquals(perPixel, (3 * seen + unseen) / 4, 1e-12);
});

Deno.test("a denoiser refuses more images than it was compiled for", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  using denoiser = await compileDenoiser(model, 1, run);
  await assertRejects(
    () => denoiser.predict(new Float32Array(128), [1, 2], [0, 0]),
    RangeError,
    "Expected at most 1 images of 64 pixels",
  );
});
