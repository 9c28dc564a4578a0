import { assertEquals } from "@std/assert";
import { keptStages } from "../../../../pipelines/core/cache/kept_stages.ts";
import { stageCache } from "../../../../pipelines/core/cache/stage_cache.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { runStage } from "../../../../pipelines/core/run/run_stage.ts";
import { obtainText } from "../../../../pipelines/diffusion/text/obtain_text.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { smallLearning } from "./small_text.ts";

const request = { ...smallLearning, modelFolder: "none" };
const experiment = pipeline<typeof request>("text-to-image")
  .pipe(obtainText).give("origin");

/** Trains the three networks, with what a folder keeps; tells which came from there, and what was recorded and left. */
async function train(folder: string) {
  const warnings: string[] = [];
  const progress = {
    ...{ stage() {}, update() {}, note() {} },
    warn: (text: string) => void warnings.push(text),
  };
  const store = memoryRun();
  await runStage(experiment, request, {
    ...{ seed: 0, device: "cpu", threads: 1, store, progress },
    signal: new AbortController().signal,
    stageCache: stageCache(keptStages(folder, progress.warn), "code"),
  });
  const found = warnings.flatMap((text) =>
    /^"text-to-image > obtain > (.*)" comes from the cache/.exec(text)?.[1] ??
      []
  );
  const model = store.files.get("model/text_to_image.safetensors");
  return { found, records: store.records, model };
}

Deno.test("the three trainings of text-to-image come from the cache, to the same records and weights", async () => {
  using folder = tempFolder();
  const first = await train(folder.path);
  assertEquals(first.found, []);
  const again = await train(folder.path);
  assertEquals(again, { ...first, found: ["reader", "autoencoder", "train"] });
});
