import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import type { DatasetInfo } from "../../../../pipelines/core/data/dataset_info.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { compareGradients } from "../../../../pipelines/vae/iwae/compare_gradients.ts";
import { drawBound } from "../../../../pipelines/vae/iwae/draw_bound.ts";
import { trainBound } from "../../../../pipelines/vae/iwae/train_bound.ts";
import { toyImages, toyVae } from "../toy_vae.ts";

const run = { seed: 0, device: "cpu", threads: 1 } as const;
const common = { images: toyImages, latent: 2, batch: 4 };

Deno.test("compareGradients(): where the encoder is the posterior, sticking the landing takes all noise away", async () => {
  // a decoder that ignores its latents: the posterior is the prior, as the encoder of zeros says
  using vae = toyVae();
  const { gradients } = await execute(compareGradients, {
    ...{ ...common, vae, objective: "vae", samples: 1, gradientDraws: 20 },
  }, run);
  assertEquals(Object.keys(gradients), ["standard", "sticking-the-landing"]);
  assertLess(0.01, gradients.standard!.variance);
  assertAlmostEquals(gradients["sticking-the-landing"]!.variance, 0, 1e-12);
});

Deno.test("trainBound() raises the bound of fair coins on its schedule, and keeps the best weights", async () => {
  using vae = toyVae();
  const { training } = await execute(trainBound, {
    ...{ ...common, vae, batch: 2, objective: "iwae", samples: 3, stages: 3 },
    ...{ recordEvery: 2, validateEvery: 2, patience: 0, snapshots: [0] },
  }, run);
  assertEquals(training.steps, 26); // 1 + 3 + 9 epochs of two batches
  const bounds = training.history
    .flatMap(({ values }) => values["validation/bound"] ?? []);
  assertEquals(bounds.length, 14);
  assertAlmostEquals(bounds[0]!, -4 * Math.LN2, 1e-6);
  assertLess(bounds[0]!, Math.max(...bounds)); // one pixel is ink in a quarter of the images only
  const best = bounds.indexOf(Math.max(...bounds));
  assertEquals(training.bestStep, 2 * best);
});

Deno.test("drawBound() leaves the first, far lower values out, and rules the published one for MNIST alone", async () => {
  const point = (epoch: number, bound: number) => ({
    ...{ step: epoch, epoch },
    values: { "train/bound": bound, "validation/bound": bound - 1 },
  });
  const history = [point(1, -500), point(2, -100), point(3, -90)];
  const training = { history, snapshots: [], steps: 3, bestStep: 3 };
  for (const name of ["mnist", "digits"]) {
    const store = memoryRun();
    await execute(drawBound, {
      ...{ training, objective: "iwae", samples: 50, latentLayers: 1 },
      dataset: { name } as DatasetInfo, // nothing else is read
    }, { seed: 0, store });
    const text = JSON.stringify(store.figures.get("bound")?.spec);
    assert(text.includes(`"x":3,"y":-91}`), text);
    assertEquals(text.includes(`-500`), false, text);
    assertEquals(text.includes("-84.78"), name === "mnist", text);
  }
});
