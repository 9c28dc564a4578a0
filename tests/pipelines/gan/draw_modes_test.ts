import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { DatasetInfo } from "../../../pipelines/core/data/dataset_info.ts";
import { drawModes } from "../../../pipelines/gan/modes/draw_modes.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import type { Training } from "../../../pipelines/training/training.ts";

const mnist = { grey: {}, dataset: { name: "mnist" } } as {
  readonly grey: GreyImages;
  readonly dataset: DatasetInfo;
}; // no more is read

const training = (values: Readonly<Record<string, number>>): Training => ({
  history: [1, 2].map((epoch) => ({ step: 10 * epoch, epoch, values })),
  ...{ snapshots: [], steps: 20, bestStep: 0 },
});

/** What the figure of images says of bands. */
async function bandsOf(games: number): Promise<boolean> {
  const ring = training({ "ring/modes": 7, "ring/quality": 0.5 });
  const images = training({
    ...{ "samples/classes": 9, "samples/klToUniform": 0.25 },
    ...{ "samples/confidence": 0.5, "samples/frechetDistance": 30 },
  });
  const store = memoryRun();
  await execute(drawModes, {
    ringRuns: [
      {
        remedy: "plain",
        seed: 0,
        points: Float32Array.of(1, 1),
        training: ring,
      },
    ],
    imageRuns: Array.from(
      { length: games },
      () => ({ remedy: "plain" as const, training: images }),
    ),
    ...mnist,
  }, { seed: 0, store });
  return JSON.stringify(store.figures.get("image_classes")?.spec)
    .includes("bands from the least to the greatest game");
}

Deno.test("the figure of images speaks of bands where there are several games", async () => {
  assertEquals([await bandsOf(1), await bandsOf(2)], [false, true]);
});
