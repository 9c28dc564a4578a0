import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { buildTransformer } from "../../../pipelines/language/build_transformer.ts";
import type { MetricRecord } from "../../../pipelines/core/context.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../pipelines/core/run/memory_run.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import { trainLanguageModel } from "../../../pipelines/language/train_language_model.ts";
import { smallSizes, smallText } from "./small_text.ts";
import { smallTraining } from "./small_training.ts";
import { stoppingAt } from "../stopping_at.ts";

const config = { ...smallSizes, ...smallTraining, text: smallText };

const run = pipeline<typeof config>("test")
  .pipe(buildTransformer).pipe(trainLanguageModel).give("training");

function trained(
  changes: Partial<typeof config> = {},
  store: MemoryRun = memoryRun(),
  signal?: AbortSignal,
) {
  return execute(run, { ...config, ...changes }, {
    seed: 0,
    device: "cpu",
    store,
    ...signal ? { signal } : {},
  });
}

function valuesOf(history: readonly MetricRecord[], name: string) {
  return history.flatMap(({ values }) => values[name] ?? []);
}

for (const architecture of ["causal", "encoder-decoder"] as const) {
  Deno.test(`trainLanguageModel() learns, ${architecture}`, async () => {
    const { training } = await trained({ architecture });
    const losses = valuesOf(training.history, "validation/loss");
    assertLess(Math.min(...losses), Math.log(4) / 2); // half of what guessing costs
  });
}

Deno.test("trainLanguageModel() records norms at each place in every record of training", async () => {
  const { training } = await trained({ steps: 12 });
  const records = training.history.filter(({ values }) =>
    "train/loss" in values
  );
  assertEquals(records.map(({ step }) => step), [4, 8, 10, 12]);
  assertEquals(Object.keys(records[0]!.values).sort(), [
    "activation/embedding",
    "activation/layer01",
    "activation/layer02",
    "gradient/all",
    "gradient/embedding/activation",
    "gradient/embedding/weights",
    "gradient/largest",
    "gradient/layer01/activation",
    "gradient/layer01/weights",
    "gradient/layer02/activation",
    "gradient/layer02/weights",
    "learningRate",
    "train/loss",
  ]);
});

Deno.test("trainLanguageModel() tells its validation loss in nats, bits and perplexity", async () => {
  const { training } = await trained({ steps: 4 });
  for (const { values } of training.history) {
    const loss = values["validation/loss"];
    if (loss === undefined) continue;
    assertAlmostEquals(
      values["validation/bitsPerCharacter"]!,
      loss / Math.LN2,
      1e-12,
    );
    assertAlmostEquals(values["validation/perplexity"]!, Math.exp(loss), 1e-12);
  }
});

Deno.test("clipping leaves the recorded gradients as they were, and changes the weights", async () => {
  const [free, clipped] = await Promise.all([
    trained({ steps: 8, clip: 0 }),
    trained({ steps: 8, clip: 1e-9 }),
  ]);
  const first = (history: readonly MetricRecord[]) =>
    valuesOf(history, "gradient/largest")[0]!;
  const norms = [free, clipped].map(({ training }) => first(training.history));
  assertLess(1e-3, norms[1]!); // far above the limit
  const [freeLoss, clippedLoss] = [free, clipped].map(({ training }) =>
    valuesOf(training.history, "train/loss")
  );
  assertNotEquals(freeLoss!.at(-1), clippedLoss!.at(-1));
});

Deno.test("trainLanguageModel() goes on from a checkpoint as if it had never stopped, to the bit", async () => {
  const whole = memoryRun();
  const { training } = await trained({ steps: 24 }, whole);
  const store = memoryRun();
  let validations = 0;
  const stopping = stoppingAt(
    store,
    ({ values }) => "validation/loss" in values && ++validations === 3,
  );
  await assertRejects(
    () => trained({ steps: 24 }, stopping.store, stopping.signal),
    Error,
    "Stopped",
  );
  const { training: resumed } = await trained({ steps: 24 }, store);
  assertEquals(resumed.history, training.history);
  assertEquals(store.records, whole.records);
});

Deno.test("trainLanguageModel() refuses a text that is shorter than a window", async () => {
  const text = { ...smallText, train: smallText.train.subarray(0, 5) };
  await assertRejects(
    () => trained({ text }),
    StageError,
    "Expected a text of at least 6 characters but found 5",
  );
});

Deno.test("trainLanguageModel() tells of a loss that overflows", async () => {
  await assertRejects(
    () => trained({ learningRate: 1e30, optimizer: "sgd", clip: 0 }),
    StageError,
    "Expected a finite",
  );
});

for (const optimizer of ["adamw", "sgd", "momentum", "adagrad"] as const) {
  Deno.test(`trainLanguageModel() trains with ${optimizer}`, async () => {
    const { training } = await trained({ optimizer, learningRate: 0.01 });
    const losses = valuesOf(training.history, "train/loss");
    assertLess(losses.at(-1)!, losses[0]!);
  });
}
