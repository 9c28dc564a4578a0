import { assertEquals, assertRejects } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { checkText } from "../../../../pipelines/diffusion/text/text_request.ts";
import { smallRun } from "./small_text.ts";

const check = (own: Partial<typeof smallRun>) =>
  execute(checkText, { ...smallRun, ...own }, { seed: 0, store: memoryRun() });

/** What a stage after the trainings, or one of the later trainings, would refuse. */
const wrong: Readonly<
  Record<string, readonly [own: Partial<typeof smallRun>, rule: string]>
> = {
  "a prompt": [{ prompt: "a purple three" }, "purple"],
  "a negative prompt": [{ negative: "a purple ground" }, "purple"],
  "steps": [{ steps: 1001 }, "Expected at most 1000 steps but found 1001"],
  "steps to compare": [
    { stepCounts: [2, 1001] },
    "Expected at most 1000 steps but found 1001",
  ],
  "a batch": [
    { scenes: 64, batch: 65 },
    "Expected at least 65 scenes, as many as a batch, but found 64",
  ],
  "scenes of the autoencoder": [
    { scenes: 31, batch: 4 },
    "Expected at least 32 scenes, as many as a batch, but found 31",
  ],
};

for (const [name, [own, rule]] of Object.entries(wrong)) {
  Deno.test(`what a run could not draw or learn from ends it before any training: ${name}`, async () => {
    await assertRejects(() => check(own), Error, rule);
  });
}

Deno.test("what a run can draw and learn from passes", async () => {
  assertEquals((await check({})).isChecked, true);
  assertEquals((await check({ scenes: 32, steps: 1000 })).isChecked, true);
});
