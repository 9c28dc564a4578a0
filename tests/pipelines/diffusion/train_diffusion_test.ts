import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "@std/assert";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import type { Store } from "../../../pipelines/core/run/store.ts";
import {
  checkSampler,
  checkSamplers,
} from "../../../pipelines/diffusion/check_request.ts";
import { itemsOf } from "../../../pipelines/diffusion/denoising_model.ts";
import { buildDiffusion } from "../../../pipelines/diffusion/train_diffusion.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import {
  FACTORS,
  trainingBatches,
} from "../../../pipelines/diffusion/training_batches.ts";
import {
  bars,
  smallExperiment,
  smallImages,
  smallTraining,
} from "./small_diffusion.ts";
import { stoppingAt } from "../stopping_at.ts";

async function trained(
  store: Store,
  own: Partial<typeof smallTraining> = {},
  signal?: AbortSignal,
) {
  const config = { ...smallTraining, grey: smallImages, ...own };
  const options = { seed: 0, store, threads: 1 };
  const { training } = await execute(
    smallExperiment,
    config,
    signal ? { ...options, signal } : options,
  );
  return training;
}

Deno.test("a killed and resumed training has the records of a whole one, to the last bit", async () => {
  const whole = memoryRun();
  const training = await trained(whole);
  assertEquals(training.steps, 8);
  const store = memoryRun();
  const stopping = stoppingAt(store, ({ step }) => step === 6);
  await assertRejects(
    () => trained(stopping.store, {}, stopping.signal),
    Error,
    "Stopped",
  );
  const resumed = await trained(store);
  assertEquals(resumed.history, training.history);
  assertEquals(resumed.snapshots, training.snapshots);
  assertEquals(store.records, whole.records);
});

Deno.test("training lowers the error of the noise, whether it predicts noise or velocity", async () => {
  for (const prediction of ["noise", "velocity"] as const) {
    const training = await trained(memoryRun(), {
      prediction,
      weighting: "simple",
      updates: 60,
      recordEvery: 20,
      validateEvery: 60,
      schedule: "linear",
      timesteps: 1000,
      warmUp: 10,
    });
    const errors = training.history.flatMap(({ values }) =>
      values["validation/noiseError"] ?? []
    );
    assert(errors.at(-1)! < 0.85 * errors[0]!, `${prediction}: ${errors}`);
  }
});

Deno.test("a batch depends on the number of its update alone, and drops some classes", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  const options = { batch: 4, labelDrop: 0.5, weighting: "simple" } as const;
  const make = () =>
    trainingBatches(itemsOf(bars(20)), model, options, keyFrom(1));
  const three = make().at(3, 3);
  const last = make().at(5, 1);
  assertEquals(three.images.subarray(2 * 4 * 64), last.images);
  assertEquals(three.noise.subarray(2 * 4 * 64), last.noise);
  assertEquals(three.factors.subarray(2 * 4 * FACTORS), last.factors);
  const { conditions } = make().at(0, 50);
  const dropped = conditions.filter((c) => c === 10).length / conditions.length;
  // 200 coins: within four standard errors of 0.035
  assertAlmostEquals(dropped, 0.5, 0.15);
  for (let i = 0; i < 12; i++) {
    const [signal, spread, image, noise, weight] = three.factors.subarray(
      i * FACTORS,
      (i + 1) * FACTORS,
    );
    assertAlmostEquals(signal! ** 2 + spread! ** 2, 1, 1e-6);
    assertEquals([image, noise, weight], [-spread!, signal, 1]);
  }
});

Deno.test("what could not be drawn is refused before any training", async () => {
  const images = (rows: number) => {
    const split = {
      ...bars(6),
      pixels: new Uint8Array(6 * rows ** 2),
      rows,
      columns: rows,
      count: 6,
    };
    return { train: split, validation: split, test: split };
  };
  const chain = { timesteps: 100, schedule: "cosine" } as const;
  const options = { seed: 0, store: memoryRun() };
  await assertRejects(
    async () =>
      await execute(checkSamplers, {
        ...chain,
        grey: images(28),
        samplers: ["dpm2", "heun"],
        stepCounts: [10, 101],
      }, options),
    Error,
    "Expected at most 100 steps but found 101",
  );
  await assertRejects(
    async () =>
      await execute(checkSampler, {
        ...chain,
        grey: images(14),
        sampler: "dpm2",
        steps: 10,
      }, options),
    Error,
    "Expected images of 28 x 28 pixels, which the feature network takes, but found 14 x 14",
  );
});

Deno.test("a run whose request cannot be drawn ends before its training", async () => {
  const checked = pipeline<
    typeof smallTraining & {
      readonly grey: GreyImages;
      readonly sampler: "dpm2";
      readonly steps: number;
    }
  >("checked").pipe(checkSampler).pipe(buildDiffusion).give("model");
  const split = {
    ...bars(6),
    pixels: new Uint8Array(6 * 784),
    rows: 28,
    columns: 28,
    count: 6,
  };
  await assertRejects(
    () =>
      execute(checked, {
        ...smallTraining,
        grey: { train: split, validation: split, test: split },
        sampler: "dpm2",
        steps: 101,
      }, { seed: 0, store: memoryRun() }),
    Error,
    "Expected at most 100 steps but found 101",
  );
});

Deno.test("training refuses batches larger than the data, and images that are not square", async () => {
  await assertRejects(
    () => trained(memoryRun(), { batch: 21 }),
    Error,
    "Expected batch to be at most the 20 training images but found 21",
  );
  const flat = { ...bars(10), rows: 4, columns: 16 };
  const grey = { train: flat, validation: flat, test: flat };
  await assertRejects(
    async () =>
      await execute(smallExperiment, { ...smallTraining, grey }, {
        seed: 0,
        store: memoryRun(),
      }),
    Error,
    "Expected square images but found 4 x 16 pixels",
  );
});
