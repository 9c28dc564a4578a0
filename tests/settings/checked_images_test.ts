import { assertEquals, assertRejects } from "@std/assert";
import { execute } from "../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../pipelines/core/run/memory_run.ts";
import { StageError } from "../../pipelines/core/stage_error.ts";
import type { Stage } from "../../pipelines/core/stage.ts";
import { task as diffusionGuidance } from "../../tasks/diffusion/diffusion_guidance.ts";
import { task as diffusionMnist } from "../../tasks/diffusion/diffusion_mnist.ts";
import { task as diffusionSamplers } from "../../tasks/diffusion/diffusion_samplers.ts";
import { task as families } from "../../tasks/families/families.ts";
import { task as dcgan } from "../../tasks/gan/dcgan.ts";
import { task as gan } from "../../tasks/gan/gan.ts";
import { task as ganModes } from "../../tasks/gan/gan_modes.ts";

const games = [gan, dcgan, ganModes];
const measured = [
  ...games,
  families,
  diffusionMnist,
  diffusionSamplers,
  diffusionGuidance,
];

/** Runs a task on built-in digits, and gives the error of its check. */
async function refusal(
  { pipeline }: { readonly pipeline: unknown },
  own: Readonly<Record<string, unknown>>,
): Promise<string> {
  const stage = pipeline as Stage<Readonly<Record<string, unknown>>, object>; // whose settings are given by name
  const error = await assertRejects(
    () =>
      execute(stage, { data: "digits", trainImages: 100, ...own }, {
        ...{ seed: 0, threads: 1, store: memoryRun() },
      }),
    StageError,
  );
  assertEquals(error.path.at(-1), "check");
  return String(error.cause);
}

for (const task of measured) {
  Deno.test(`${task.name} refuses too few test images before it trains`, async () => {
    assertEquals(
      await refusal(task, { testImages: 3 }),
      "RangeError: Expected more than 3 test images, by whose neighbours precision and recall are measured, but found 3",
    );
  });
}

for (const task of games) {
  Deno.test(`${task.name} refuses a batch larger than the training set before it plays`, async () => {
    assertEquals(
      await refusal(task, { testImages: 10, batch: 101 }),
      "RangeError: Expected batch to be at most the 100 training items but found 101",
    );
  });
}

Deno.test("gan-modes refuses turns of more batches than there are before any game, of the games asked for", async () => {
  assertEquals(
    await refusal(ganModes, { testImages: 10, batch: 21 }),
    "RangeError: Expected 5 batches of 21 items, which a turn takes, but found 100 items",
  );
  assertEquals(
    await refusal(ganModes, {
      ...{ testImages: 10, batch: 101, remedies: ["plain"] },
    }),
    "RangeError: Expected batch to be at most the 100 training items but found 101",
  );
});
