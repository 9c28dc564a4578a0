import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type { BinaryPoint } from "../../../../pipelines/exact/mean_field/mean_field_entries.ts";
import { solveMeanField } from "../../../../pipelines/exact/mean_field/solve_mean_field.ts";
import { summarizeMeanField } from "../../../../pipelines/exact/mean_field/summarize_mean_field.ts";

Deno.test("solveMeanField() of one binary number leaves nothing out: the free energy is -log Z", async () => {
  const { meanField } = await execute(solveMeanField, {
    ...{ count: 1, mostCount: 1, temperatures: 3, starts: 2 },
    correlations: [0, 0.6],
  }, { seed: 0 });
  for (const { free, equal, logPartition } of meanField.binary) {
    assertAlmostEquals(free.exact, -logPartition, 1e-12);
    assertAlmostEquals(equal.exact, -logPartition, 1e-12);
  }
  const [none, some] = meanField.normals;
  assertEquals([none!.variance, none!.kl], [1, 0]);
  assertAlmostEquals(some!.variance, 1 - 0.36, 1e-12);
  assertAlmostEquals(some!.kl, -Math.log(1 - 0.36) / 2, 1e-12);
});

Deno.test("summarizeMeanField() finds the greatest errors, of either sign, and the tightest bound", async () => {
  const point = (beta: number, gap: number, error: number): BinaryPoint => {
    const best = {
      exact: -1 + gap,
      optimized: -1 + gap + error,
      meanEnergy: 0,
    };
    return {
      ...{ beta, logPartition: 1, meanEnergy: 0.5, slope: -0.5 + error },
      ...{ equal: best, free: best },
    };
  };
  const store = memoryRun();
  const { summary } = await execute(summarizeMeanField, {
    count: 3,
    meanField: {
      binary: [point(1, 0.3, 1e-9), point(2, 0.2, -3e-9)],
      limits: [{ count: 2, equal: 1.1, free: 0.4, freeOptimized: 0.4 }],
      normals: [
        {
          ...{ correlation: 0.5, variance: 0.75, varianceOptimized: 0.75 },
          ...{ kl: 0.14, klOptimized: 0.14 },
        },
      ],
      symmetryBreaks: 4.5,
    },
  }, { seed: 0, store });
  const expected = {
    ...{ "limit/count": 2, "limit/equalKl": 1.1, "limit/freeKl": 0.4 },
    ...{ "beta/symmetryBreaks": 4.5, "optimization/greatestError": 3e-9 },
    ...{ "slope/greatestError": 3e-9, "bound/smallestGap": 0.2 },
    ...{ "normal/correlation": 0.5, "normal/variance": 0.75 },
    ...{ "normal/kl": 0.14 },
  };
  assertEquals(Object.keys(summary).sort(), Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    assertAlmostEquals(summary[name]!, value, 1e-15, name);
  }
  const report = String(store.files.get("report.txt")).replace(/\s+/g, " ");
  assert(report.includes("0.200 nats, at beta = 2.00"), report);
});

Deno.test("solveMeanField() spaces inverse temperatures evenly in their logarithm, and finds where four factors break the symmetry", async () => {
  const solve = async (temperatures: number) => {
    const request = { count: 4, mostCount: 1, temperatures, starts: 1 };
    const { meanField } = await execute(solveMeanField, {
      ...{ ...request, correlations: [0.9, -0.5] },
    }, { seed: 0 });
    return meanField;
  };
  const { binary, normals, symmetryBreaks } = await solve(5);
  [0.1, 1, 10, 100, 1000].forEach((beta, i) =>
    assertAlmostEquals(binary[i]!.beta / beta, 1, 1e-12)
  );
  assertEquals(normals.map(({ correlation }) => correlation), [-0.5, 0.9]);
  assertAlmostEquals(symmetryBreaks, 47.2064, 1e-4); // by the exact optima on both sides
  const alone = await solve(1);
  assertEquals(alone.binary.map(({ beta }) => beta), [0.1]);
});
