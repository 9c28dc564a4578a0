import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawElboGap } from "../../../../pipelines/vae/gap/draw_elbo_gap.ts";
import { measureVaeGap } from "../../../../pipelines/vae/gap/measure_vae_gap.ts";
import { readWeights } from "../../../../pipelines/training/weights.ts";
import { toyDataset, toyImages, toyVae } from "../toy_vae.ts";

const EVEN = -4 * Math.LN2; // four fair coins

Deno.test("measureVaeGap() finds no gap where the encoder is the posterior, and half a nat where it is shifted by 1", async () => {
  using vae = toyVae({ "encoder/mean/bias": [1, 0] });
  using exact = toyVae();
  const store = memoryRun();
  const snapshots = [
    { step: 0, epoch: 0, weights: await readWeights(exact.variables) },
    { step: 5, epoch: 1, weights: await readWeights(vae.variables) },
  ];
  const before = await readWeights(vae.variables);
  const { vaeGap, spacingError } = await execute(measureVaeGap, {
    ...{ vae, images: toyImages, latent: 2, gapImages: 3 },
    training: { history: [], snapshots, steps: 5, bestStep: 5 },
  }, { seed: 0, device: "cpu", threads: 1, store });
  const [none, shifted] = vaeGap;
  assertAlmostEquals(none!.gap, 0, 1e-5);
  assertAlmostEquals(shifted!.gap, 0.5, 1e-5);
  for (const { logLikelihood } of vaeGap) {
    assertAlmostEquals(logLikelihood, EVEN, 1e-5);
  }
  assertAlmostEquals(none!.elbo, EVEN, 1e-5);
  assertAlmostEquals(shifted!.elbo, EVEN - 0.5, 1e-5);
  assertAlmostEquals(spacingError, 0, 1e-5);
  assertEquals(await readWeights(vae.variables), before);

  await execute(drawElboGap, {
    ...{ vaeGap, linearGap: vaeGap, dataset: toyDataset },
  }, { seed: 0, store });
  assertEquals([...store.figures.keys()], ["vae_gap", "linear_gap"]);
  const text = JSON.stringify(store.figures.get("vae_gap")?.spec);
  assert(text.includes("built-in toy, NOT real data"), text);
});
