import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { meanFieldExperiment } from "../../../../pipelines/exact/mean_field/mean_field.ts";

const config = {
  count: 3,
  mostCount: 4,
  temperatures: 7,
  starts: 4,
  correlations: [0.9, 0.5],
};

Deno.test("mean-field finds by optimization what it derives, and the slope of log Z", async () => {
  const store = memoryRun();
  const { summary } = await execute(meanFieldExperiment, config, {
    seed: 0,
    store,
  });
  assertLess(summary["optimization/greatestError"]!, 1e-13); // roundings of numbers of size one
  assertLess(summary["slope/greatestError"]!, 1e-8); // second order in a width of 1e-4, and roundings over it
  assertLess(0, summary["bound/smallestGap"]!);
  assertAlmostEquals(summary["limit/equalKl"]!, Math.log(15), 1e-14);
  assertAlmostEquals(summary["limit/freeKl"]!, Math.log(15 / 8), 1e-14);
  assertAlmostEquals(summary["normal/kl"]!, -Math.log(0.19) / 2, 1e-13);
  assertEquals(store.records.length, 7);
  assertEquals([...store.figures.keys()], [
    "not_all_ones",
    "free_energy",
    "correlated_normal",
  ]);
});
