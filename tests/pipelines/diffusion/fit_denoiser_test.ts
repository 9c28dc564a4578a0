import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
} from "@std/assert";
import { stage } from "../../../pipelines/core/stage.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { itemsOf } from "../../../pipelines/diffusion/denoising_model.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import type { MetricRecord } from "../../../pipelines/core/context.ts";
import type { DiffusionTraining } from "../../../pipelines/diffusion/diffusion_settings.ts";
import { fitDenoiser } from "../../../pipelines/diffusion/fit_denoiser.ts";
import type { Decay } from "../../../pipelines/training/learning_rate.ts";
import { bars, smallTraining } from "./small_diffusion.ts";

/** Records of a training of eight updates, two in each unless told. */
async function recordsOf(
  decay: { readonly decay?: Decay },
  own: Partial<DiffusionTraining> = {},
) {
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
        { ...smallTraining, warmUp: 2, ...own },
        context,
      ),
    };
  });
  await execute(fit, {}, { seed: 0, store, threads: 1 });
  return store.records;
}

/** Their losses. */
async function losses(decay: { readonly decay?: Decay }) {
  return valuesOf(await recordsOf(decay), "train/loss");
}

function valuesOf(
  records: readonly MetricRecord[],
  name: string,
): readonly number[] {
  return records.flatMap(({ values }) => values[name] ?? []);
}

Deno.test("the step size is constant after the warm-up, or falls as it is told", async () => {
  const constant = await losses({ decay: "constant" });
  const linear = await losses({ decay: "linear" });
  assertEquals(await losses({}), constant);
  // the third update is the first after the warm-up, and has the highest rate either way
  assertEquals(linear.slice(0, 2), constant.slice(0, 2));
  assertNotEquals(linear.at(-1), constant.at(-1));
});

Deno.test("updates in one call learn as they do one by one: from their own step size, average and batch", async () => {
  const decay = "linear";
  const one = await recordsOf({ decay }, { recordEvery: 1 });
  const four = await recordsOf({ decay }, { recordEvery: 4 });
  const single = valuesOf(one, "train/loss");
  assertEquals(single.length, 8);
  let first = 0;
  const counts: number[] = [];
  for (const { step, values } of four) {
    const loss = values["train/loss"];
    if (loss === undefined) continue;
    const own = single.slice(first, step);
    const mean = own.reduce((sum, value) => sum + value) / own.length;
    assertAlmostEquals(loss / mean, 1, 1e-4, `${step}`);
    counts.push(own.length);
    first = step;
  }
  assertEquals(counts, [1, 1, 2, 4]); // weights are kept after one and two
  const errors = valuesOf(four, "validation/noiseError");
  assertEquals(errors.length, 3); // before the first update and after each four
  valuesOf(one, "validation/noiseError").forEach((error, i) =>
    assertAlmostEquals(errors[i]! / error, 1, 1e-4)
  );
});

Deno.test("a training goes on to its end where the validation error gets worse", async () => {
  const records = await recordsOf({}, { learningRate: 0.5, validateEvery: 1 });
  const errors = valuesOf(records, "validation/noiseError");
  assertEquals([errors.length, records.at(-1)?.step], [9, 8]);
  const worse = errors.filter((error, i) => error > errors[i - 1]!);
  assert(worse.length > 1, `${errors}`);
});
