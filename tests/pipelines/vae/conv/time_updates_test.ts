import { assertEquals, assertGreater } from "@std/assert";
import { buildArchitecture } from "../../../../pipelines/vae/conv/build_architecture.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type { InputOf } from "../../../../pipelines/core/stage.ts";
import type { BinaryImages } from "../../../../pipelines/images/images.ts";
import { timeUpdates } from "../../../../pipelines/vae/conv/time_updates.ts";

const split = {
  pixels: Uint8Array.from({ length: 6 * 64 }, (_, i) => i % 3 === 0 ? 1 : 0),
  labels: new Uint8Array(6),
  count: 6,
  rows: 8,
  columns: 8,
};
const images: BinaryImages = {
  train: split,
  validation: split,
  test: split,
  binarization: "threshold",
  redraw: () => split,
};
const input = {
  images,
  architecture: "mlp" as const,
  channels: 1,
  latent: 2,
  batch: 3,
  learningRate: 1e-3,
  monteCarlo: 1,
};
const timed = pipeline<
  InputOf<typeof buildArchitecture> & Omit<InputOf<typeof timeUpdates>, "model">
>("timed").pipe(buildArchitecture).pipe(timeUpdates).give("updateSeconds");

Deno.test("timeUpdates() measures once, also when the run goes on later", async () => {
  const options = { seed: 0, device: "tfjs", store: memoryRun() } as const;
  const { updateSeconds } = await execute(timed, input, options);
  assertGreater(updateSeconds, 0);
  assertEquals(await execute(timed, input, options), { updateSeconds });
});
