import { assertEquals, assertRejects } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type { Pace } from "../../../../pipelines/vae/conv/image_model.ts";
import {
  equalTimeEpochs,
  settleRatio,
} from "../../../../pipelines/vae/conv/vae_conv.ts";

Deno.test("equalTimeEpochs() trains for whole epochs, at least one", () => {
  assertEquals(equalTimeEpochs(5, 8), 40);
  assertEquals(equalTimeEpochs(5, 12.5), 63); // 62.5
  assertEquals(equalTimeEpochs(1, 0.25), 1);
});

Deno.test("the ratio is the given one, or else the measured one, and is written down as a setting", async () => {
  const cases: readonly [number, Pace | undefined, number][] = [
    [8, undefined, 8],
    [0, { conv: 0.05, mlp: 0.004 }, 12.5],
  ];
  for (const [timeRatio, pace, expected] of cases) {
    const store = memoryRun();
    const options = { seed: 0, store };
    const out = await execute(settleRatio, { timeRatio, pace }, options);
    assertEquals(out.equalTime, expected);
    assertEquals(store.facts["settled"], { timeRatio: expected });
  }
  const pace = undefined;
  await assertRejects(
    () => execute(settleRatio, { timeRatio: -1, pace }, { seed: 0 }),
    RangeError,
  );
});
