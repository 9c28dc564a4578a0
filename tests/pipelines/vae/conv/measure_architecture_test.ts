import { assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawArchitectures } from "../../../../pipelines/vae/conv/draw_architectures.ts";
import type { ImageModel } from "../../../../pipelines/vae/conv/image_model.ts";
import { measureArchitecture } from "../../../../pipelines/vae/conv/measure_architecture.ts";
import { toyDataset, toyImages, toyVae } from "../toy_vae.ts";

const EVEN = -4 * Math.LN2; // four fair coins

Deno.test("measureArchitecture() tells the trained objective from the bound of the decoder alone", async () => {
  using vae = toyVae();
  using seeing = toyVae({ "encoder/mean/bias": [1, 0] });
  const model: ImageModel = {
    ...{ vae, modelOf: () => seeing, parameters: 42 },
    [Symbol.dispose]: () => {},
  };
  const history = [
    { step: 0, epoch: 0, values: { "validation/elbo": -9 } },
    { step: 5, epoch: 1, values: { "train/elbo": -8 } },
    { step: 9, epoch: 2, values: { "validation/elbo": -7 } },
  ];
  const { architectureCase: found } = await execute(measureArchitecture, {
    ...{ title: "toy", architecture: "conv-with-skips", model, epochs: 2 },
    ...{ images: toyImages, latent: 2, monteCarlo: 1, importanceSamples: 4 },
    training: { history, snapshots: [], steps: 9, bestStep: 9 },
  }, { seed: 0, device: "cpu", threads: 1 });
  assertAlmostEquals(found.objective, EVEN - 0.5, 1e-6); // KL(N(1, 1) || N(0, 1))
  assertAlmostEquals(found.kl, 0.5, 1e-6);
  assertAlmostEquals(found.elbo, EVEN, 1e-6);
  assertAlmostEquals(found.logLikelihood, EVEN, 1e-6);
  assertEquals(found.history, [{ x: 0, y: -9 }, { x: 2, y: -7 }]);
  assertEquals([found.parameters, found.samples.length], [42, 32 * 4]);

  const store = memoryRun();
  await execute(drawArchitectures, {
    ...{ architectures: [found], images: toyImages, dataset: toyDataset },
  }, { seed: 0, store });
  assertEquals([...store.figures.keys()], ["samples", "objectives"]);
});
