import { assertEquals, assertGreater, assertLess } from "@std/assert";
import type { BoundKind } from "../../../../models/objectives/sampled_bound.ts";
import { createVae } from "../../../../models/vae.ts";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import type { ImageSplit } from "../../../../pipelines/images/images.ts";
import { boundMeter } from "../../../../pipelines/vae/iwae/measure_bound.ts";
import { meanAndError } from "../../../../pipelines/statistics/mean_and_error.ts";

const COUNT = 7; // not a multiple of any block

const images: ImageSplit = {
  pixels: Uint8Array.from({ length: COUNT * 6 }, (_, i) => (i * i % 7) & 1),
  labels: new Uint8Array(COUNT),
  count: COUNT,
  rows: 2,
  columns: 3,
};

/** Measures with a VAE whose weights scatter widely, so that its bound is loose. */
async function measure(
  kind: BoundKind,
  samples: number,
): Promise<Float32Array> {
  using vae = createVae(
    { pixels: 6, hidden: 8, latent: 1 },
    ({ name, shape }) =>
      normal(
        fold(keyFrom(5), name),
        shape.reduce((product, side) => product * side, 1),
      ),
  );
  const measured: Stage<object, { readonly found: Float32Array }> = stage(
    "measure",
    { needs: [], adds: { found: "" } },
    async (_, context) => {
      const options = { kind, pixels: 6, latent: 1, samples };
      using meter = await boundMeter(vae, options, context);
      return { found: await meter.measure(images, keyFrom(2)) };
    },
  );
  return (await execute(measured, {}, { seed: 1, device: "cpu" })).found;
}

Deno.test("boundMeter() of one sample measures one bound by either name", async () => {
  assertEquals(await measure("iwae", 1), await measure("vae", 1));
});

Deno.test("boundMeter() of many samples is higher for iwae, for every image", async () => {
  const [iwae, vae] = [await measure("iwae", 400), await measure("vae", 400)];
  assertEquals(iwae.length, COUNT);
  iwae.forEach((bound, i) => assertGreater(bound, vae[i]!)); // Jensen
  // 400 samples raise the mean bound of one sample, whose mean is that of `vae`
  assertGreater(meanAndError(iwae).mean, meanAndError(vae).mean);
});

Deno.test("boundMeter() takes more samples than fit beside each other, an image at a time", async () => {
  const found = await measure("iwae", 1001);
  const fewer = await measure("iwae", 1000);
  assertEquals(found.length, COUNT);
  // near log p(x) both: the weights of this model scatter by some nats
  found.forEach((bound, i) => assertLess(Math.abs(bound - fewer[i]!), 1));
});
