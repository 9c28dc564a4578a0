import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Moment, RunContext } from "../../pipelines/core/context.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { diffusionModel } from "../../pipelines/diffusion/diffusion_model.ts";
import { compareGuidance } from "../../pipelines/diffusion/guidance/compare_guidance.ts";
import { measureBits } from "../../pipelines/diffusion/measure_bits.ts";
import { measureMnist } from "../../pipelines/diffusion/mnist/measure_mnist.ts";
import { perceptrons } from "../../pipelines/gan/build_players.ts";
import { trainOnFrozen } from "../../pipelines/gan/losses/train_on_frozen.ts";
import { readWeights } from "../../pipelines/training/weights.ts";
import { measureVaeGap } from "../../pipelines/vae/gap/measure_vae_gap.ts";
import { measureLogLikelihood } from "../../pipelines/vae/measure_log_likelihood.ts";
import { smallImages, smallTraining } from "./diffusion/small_diffusion.ts";
import { smallGan, smallImages as smallDigits } from "./gan/small_images.ts";
import { inContext } from "./in_context.ts";
import { withClock } from "./scripted_clock.ts";
import { toyImages, toyVae } from "./vae/toy_vae.ts";

/** Runs a measurement, and gives the moments that it tells of. */
async function momentsOf(
  measure: (context: RunContext) => Promise<void>,
): Promise<readonly Moment[]> {
  const moments: Moment[] = [];
  await inContext(async ({ progress, ...context }) => {
    const update = (moment: Moment) => void moments.push(moment);
    await measure({ ...context, progress: { ...progress, update } });
  });
  return moments;
}

Deno.test("measureLogLikelihood() tells how many images are done, and their mean so far", async () => {
  using vae = toyVae({ "decoder/logits/bias": [1, 2, -1, 0.5] });
  const means: number[] = [];
  const moments = await momentsOf(async (context) => {
    const options = { latent: 2, importanceSamples: 600 }; // of one image at a time
    const { logLikelihood } = await measureLogLikelihood(
      ...[vae, toyImages.test, options, context] as const,
    );
    for (let done = 1; done <= 4; done++) {
      const sum = logLikelihood.slice(0, done).reduce((sum, x) => sum + x, 0);
      means.push(sum / done);
    }
  });
  assertEquals(
    moments.map(({ step, steps, items, unit }) => [step, steps, items, unit]),
    [1, 2, 3, 4].map((done) => [done, 4, 1, "images"]),
  );
  moments.forEach(({ values }, i) => {
    assertEquals(Object.keys(values), ["log p(x)"]);
    assertAlmostEquals(values["log p(x)"]!, means[i]!, 1e-9);
  });
});

Deno.test("measureVaeGap() tells which moment of the training is done, with its numbers", async () => {
  using vae = toyVae({ "encoder/mean/bias": [1, 0] });
  const weights = await readWeights(vae.variables);
  const wanted: Moment[] = [];
  const moments = await momentsOf(async (context) => {
    const snapshots = [0, 5].map((step) => ({ step, epoch: step, weights }));
    const { vaeGap } = await measureVaeGap.run({
      ...{ vae, images: toyImages, latent: 2, gapImages: 3 },
      training: { history: [], snapshots, steps: 5, bestStep: 5 },
    }, context);
    vaeGap.forEach(({ logLikelihood, gap }, i) =>
      wanted.push({
        ...{ step: i + 1, steps: 2, items: 3, unit: "images" },
        values: { "log p(x)": logLikelihood, gap },
      })
    );
  });
  assertEquals(wanted.length, 2);
  assertEquals(moments, wanted);
});

Deno.test("measureBits() tells which level is done", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  const moments = await momentsOf(async (context) => {
    const request = { grey: smallImages, boundImages: 3, boundLevels: 2 };
    await measureBits.run({ ...request, model }, context);
  });
  const level = { steps: 2, items: 3, unit: "images", values: {} };
  assertEquals(moments, [{ step: 1, ...level }, { step: 2, ...level }]);
});

Deno.test("trainOnFrozen() tells which update is done", async () => {
  using players = perceptrons(784, smallGan, keyFrom(6));
  const moments = await momentsOf(async (context) => {
    await trainOnFrozen.run({
      ...{ batch: 20, learningRate: 1e-2, beta1: 0.3, latent: 4 },
      ...{ frozenUpdates: [0, 2], frozenNoises: 8 },
      ...{ players, grey: smallDigits },
    }, context);
  });
  assertEquals(
    moments,
    [0, 1, 2].map((step) => ({
      ...{ step, steps: 2, items: 20, unit: "images", values: {} },
    })),
  );
});

for (const [samples, wanted] of [[30, 10], [56, 12]] as const) {
  Deno.test(`compareGuidance() of ${samples} samples draws ${wanted} images of each pair, twice`, async () => {
    const sizes = { ...smallTraining, timesteps: 4 };
    using model = await diffusionModel(sizes, 28, keyFrom(0));
    const moments = await momentsOf(async (context) => {
      await compareGuidance.run({
        ...{ grey: smallDigits, model, sampler: "ddim", steps: 1 } as const,
        ...{ samples, guidances: [], negativeGuidance: 2 },
      }, context);
    });
    const items = moments.map(({ items }) => items);
    const [unguided, guided] = [items.slice(0, -8), items.slice(-8)];
    assertEquals(unguided.toSorted((x, y) => x - y), [5, 25]); // side by side
    assertEquals(guided, Array<number>(8).fill(wanted));
  });
}

Deno.test("measureMnist() notes milliseconds of drawing an image", async () => {
  using model = await diffusionModel(
    { ...smallTraining, timesteps: 4 },
    28,
    keyFrom(0),
  );
  const notes: string[] = [];
  await inContext(async ({ progress, ...context }) => {
    const note = (text: string) => void notes.push(text);
    await withClock("diffusion/draw_digits.ts", [500, 6500], async () => {
      await measureMnist.run({
        ...{ grey: smallDigits, model, errorImages: 1, boundImages: 1 },
        ...{ sampler: "ddim", steps: 1, guidance: 1, samples: 30 } as const,
        training: { history: [], snapshots: [], steps: 1, bestStep: 1 },
      }, { ...context, progress: { ...progress, note } });
    });
  });
  assertEquals(notes, ["200 ms an image drawn"]);
});
