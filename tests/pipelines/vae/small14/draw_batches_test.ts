import { assert } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawBatches } from "../../../../pipelines/vae/small14/draw_batches.ts";
import { toyDataset, toyImages } from "../toy_vae.ts";

Deno.test("drawBatches() says how many minibatches a point is of, and how many images validate", async () => {
  const history = [1, 2].map((step) => ({
    ...{ step, epoch: step },
    values: {
      "train/reconstruction": -50 - step,
      "validation/reconstruction": -60,
    },
  }));
  const training = { history, snapshots: [], steps: 2, bestStep: 2 };
  for (const recordEvery of [1, 10]) {
    const store = memoryRun();
    await execute(drawBatches, {
      ...{ training, images: toyImages, dataset: toyDataset, recordEvery },
    }, { seed: 0, store });
    const text = JSON.stringify(store.figures.get("batches")?.spec);
    const label = recordEvery === 1
      ? "each training minibatch"
      : "10 training minibatches";
    assert(text.includes(`{"series":"${label}","part":0,"x":2,"y":-52}`), text);
    assert(text.includes(`"series":"4 validation images"`), text);
  }
});
