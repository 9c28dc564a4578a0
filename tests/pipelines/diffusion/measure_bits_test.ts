import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { pixelLogMass } from "../../../models/diffusion/pixel_decoder.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import { measureBits } from "../../../pipelines/diffusion/measure_bits.ts";
import { histogramBits } from "../../../pipelines/images/grey_histogram.ts";
import { bars, smallImages, smallTraining } from "./small_diffusion.ts";

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
  // the first step back from the estimate 0, of the posterior's deviation: no pixel is nearly black
  const beta = 1 - alphaBar(1) / alphaBar(0);
  const deviation = Math.sqrt(
    beta * (1 - alphaBar(0)) / (1 - alphaBar(1)),
  );
  const masses = pixels.reduce(
    (sum, pixel) => sum + pixelLogMass(pixel, 0, deviation, "textbook"),
    0,
  );
  assertAlmostEquals(
    bound.reconstruction.textbook.mean,
    -masses / pixels.length / Math.LN2,
    1e-6,
  );
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
