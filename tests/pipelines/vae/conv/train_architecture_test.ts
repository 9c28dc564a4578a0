import { assertEquals, assertGreater, assertMatch } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type { ImageModel } from "../../../../pipelines/vae/conv/image_model.ts";
import { trainArchitecture } from "../../../../pipelines/vae/conv/train_architecture.ts";
import { toyImages, toyVae } from "../toy_vae.ts";

Deno.test("trainArchitecture() trains what the model is while it trains, and tells the time of an epoch", async () => {
  using vae = toyVae();
  let calls = 0;
  const model: ImageModel = {
    ...{ vae, parameters: 1 },
    modelOf: () => (calls++, vae),
    [Symbol.dispose]: () => {},
  };
  const notes: string[] = [];
  const ignore = () => {};
  const note = (text: string) => void notes.push(text);
  const progress = { stage: ignore, update: ignore, warn: ignore, note };
  const store = memoryRun();
  const { training } = await execute(trainArchitecture, {
    ...{ title: "toy", model, images: toyImages, latent: 2, epochs: 30 },
    ...{ batch: 4, learningRate: 0.1, monteCarlo: 1, validateEvery: 0 },
    ...{ patience: 0, recordEvery: 1, snapshots: [] },
  }, { seed: 0, device: "cpu", threads: 1, store, progress });
  assertEquals(training.steps, 30); // one update an epoch
  assertGreater(calls, 0);
  const of = (name: string) =>
    training.history.flatMap(({ values }) => values[name] ?? []);
  const validated = of("validation/elbo");
  assertGreater(Math.max(...validated), validated[0]! + 0.1); // from four fair coins
  assertMatch(notes.join("\n"), /^toy: \d+\.\d s an epoch, with validation$/m);
});
