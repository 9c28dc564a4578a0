import { assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawMeanField } from "../../../../pipelines/exact/mean_field/draw_mean_field.ts";
import type { MeanField } from "../../../../pipelines/exact/mean_field/mean_field_entries.ts";
import { pointsOf } from "../../points_of.ts";

const best = (exact: number, optimized: number, meanEnergy: number) => ({
  ...{ exact, optimized, meanEnergy },
});

const meanField: MeanField = {
  binary: [{
    ...{ beta: 2, logPartition: 10, meanEnergy: 0.5, slope: -0.25 },
    ...{ equal: best(-9, -8, 0.75), free: best(-7, -6, 0.875) },
  }],
  limits: [{ count: 3, equal: 1.5, free: 0.5, freeOptimized: 0.625 }],
  normals: [{
    ...{ correlation: 0.6, variance: 0.64, varianceOptimized: 0.65 },
    ...{ kl: 0.2231, klOptimized: 0.224 },
  }],
  symmetryBreaks: 4,
};

/** The height of each line's only point, by its name. */
async function heights(figure: string) {
  const store = memoryRun();
  await execute(drawMeanField, { meanField, count: 3 }, { seed: 0, store });
  return pointsOf(store, figure).map(({ series, x, y }) => [series, x, y]);
}

Deno.test("drawMeanField() draws divergences by the count of numbers", async () => {
  assertEquals(await heights("not_all_ones"), [
    ["equal factors", 3, 1.5],
    ["free factors", 3, 0.5],
    ["free factors, coordinate descent", 3, 0.625],
  ]);
});

Deno.test("drawMeanField() draws free energies above -log Z, and mean energies", async () => {
  assertEquals(await heights("free_energy"), [
    ["equal factors", 2, 1], // -9 + 10
    ["equal factors, optimized", 2, 2],
    ["free factors", 2, 3],
    ["free factors, optimized", 2, 4],
    ["p, all states", 2, 0.5],
    ["equal factors", 2, 0.75],
    ["p, −d log Z/dβ", 2, 0.25],
    ["free factors", 2, 0.875],
  ]);
});

Deno.test("drawMeanField() draws variances and divergences of normal factors by their correlation", async () => {
  assertEquals(await heights("correlated_normal"), [
    ["exact", 0.6, 0.64],
    ["golden section", 0.6, 0.65],
    ["exact", 0.6, 0.2231],
    ["golden section", 0.6, 0.224],
  ]);
});
