import { assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { finishRun } from "../../../../pipelines/vae/latents/finish_run.ts";
import { toyDataset, toyImages } from "../toy_vae.ts";

Deno.test("finishRun() gathers what comparisons look at, with the active units among the numbers", async () => {
  const history = [{ step: 4, epoch: 2, values: { "validation/kl": 3 } }];
  const { finishedRun } = await execute(finishRun, {
    ...{ label: "k = 7", replica: 2, latent: 7 },
    summary: { "test/elbo": -90 },
    activeUnits: { count: 5, variances: [1, 1, 1, 1, 1, 0, 0] },
    training: { history, snapshots: [], steps: 4, bestStep: 4 },
    ...{ images: toyImages, dataset: toyDataset },
  }, { seed: 0 });
  assertEquals(finishedRun, {
    ...{ label: "k = 7", seed: 2, dataset: "toy", binarization: "threshold" },
    config: { latent: 7 },
    summary: { "test/elbo": -90, "test/activeUnits": 5 },
    history,
  });
});
