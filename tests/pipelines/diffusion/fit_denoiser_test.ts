import { assertEquals, assertNotEquals } from "@std/assert";
import { stage } from "../../../pipelines/core/stage.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { itemsOf } from "../../../pipelines/diffusion/denoising_model.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import { fitDenoiser } from "../../../pipelines/diffusion/fit_denoiser.ts";
import type { Decay } from "../../../pipelines/training/learning_rate.ts";
import { bars, smallTraining } from "./small_diffusion.ts";

/** Losses of the records of a training of eight updates, two in each. */
async function losses(decay: { readonly decay?: Decay }) {
  const store = memoryRun();
  const fit = stage("fit", {
    needs: [],
    adds: { training: "records" },
  }, async (_, context) => {
    using model = await diffusionModel(smallTraining, 8, keyFrom(0));
    const sets = { train: itemsOf(bars(20)), held: itemsOf(bars(10)) };
    return {
      training: await fitDenoiser(
        { model, ...sets, ...decay },
        { ...smallTraining, warmUp: 2 },
        context,
      ),
    };
  });
  await execute(fit, {}, { seed: 0, store, threads: 1 });
  return store.records.flatMap(({ values }) => values["train/loss"] ?? []);
}

Deno.test("the step size is constant after the warm-up, or falls as it is told", async () => {
  const constant = await losses({ decay: "constant" });
  const linear = await losses({ decay: "linear" });
  assertEquals(await losses({}), constant);
  // the third update is the first after the warm-up, and has the highest rate either way
  assertEquals(linear.slice(0, 2), constant.slice(0, 2));
  assertNotEquals(linear.at(-1), constant.at(-1));
});
