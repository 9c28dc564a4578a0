import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import { FullNormal } from "../../../../models/distributions/full_normal.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { compareKl } from "../../../../pipelines/exact/kl_gaussians/compare_kl.ts";
import type {
  KlComparison,
  NormalPair,
} from "../../../../pipelines/exact/kl_gaussians/normal_pairs.ts";
import { summarizeKl } from "../../../../pipelines/exact/kl_gaussians/summarize_kl.ts";

/** N(1, 4) beside N(0, 1): (4 + 1 - 1 - log 4) / 2. */
const univariate: NormalPair = {
  kind: "univariate",
  separation: 1,
  q: new FullNormal([1], [[4]]),
  p: new FullNormal([0], [[1]]),
};
const ONE = (4 - Math.log(4)) / 2;

/** Correlated by 0.6 beside independent: -log(1 - 0.36) / 2. */
const full: NormalPair = {
  kind: "full",
  separation: 2,
  q: new FullNormal([0, 0], [[1, 0.6], [0.6, 1]]),
  p: new FullNormal([0, 0], [[1, 0], [0, 1]]),
};

/** Two independent numbers: twice the univariate case. */
const diagonal: NormalPair = {
  kind: "diagonal",
  separation: 3,
  q: new FullNormal([1, -1], [[4, 0], [0, 4]]),
  p: new FullNormal([0, 0], [[1, 0], [0, 1]]),
};

Deno.test("compareKl() gives each kind its closed form, and means within their errors", async () => {
  const store = memoryRun();
  const input = { pairs: [univariate, full, diagonal], samples: 4000 };
  const { comparisons } = await execute(compareKl, input, { seed: 1, store });
  const expected = [ONE, -Math.log(0.64) / 2, 2 * ONE];
  comparisons.forEach(({ closedForm, plain, controlled }, i) => {
    assertAlmostEquals(closedForm, expected[i]!, 1e-6);
    for (const { mean, standardError } of [plain, controlled]) {
      assertLess(Math.abs(mean - closedForm), 4 * standardError);
    }
  });
  assertEquals(store.records.length, 3);
});

Deno.test("summarizeKl() sorts by divergence, and measures distances in standard errors", async () => {
  const compared = (
    pair: NormalPair,
    closedForm: number,
    means: readonly [number, number],
  ): KlComparison => ({
    ...{ pair, closedForm },
    plain: { mean: means[0], standardError: 0.1 },
    controlled: { mean: means[1], standardError: 0.02 },
  });
  const store = memoryRun();
  const { summary } = await execute(summarizeKl, {
    comparisons: [
      compared(diagonal, 8, [8.2, 7.9]), // 2 errors away
      compared(univariate, 0.5, [0.45, 0.5]),
    ],
    samples: 100,
  }, { seed: 0, store });
  const expected = {
    ...{ samples: 100, pairs: 2, "kl/nearest": 0.5, "kl/farthest": 8 },
    ...{ "plain/greatestDeviation": 2, "plain/nearestStdErr": 0.1 },
    ...{ "plain/nearestStdErrPredicted": 0.1 }, // sqrt(2 * 0.5 / 100)
    ...{ "controlled/nearestStdErr": 0.02 },
    ...{ "controlled/farthestMeanRatio": 0.7 }, // 1 + 7.9 - 8.2
    ...{ "turnedSign/deviation": 162 }, // (8.2 + 8) / 0.1
  };
  assertEquals(Object.keys(summary).sort(), Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    assertAlmostEquals(summary[name]!, value, 1e-9, name);
  }
  const report = String(store.files.get("report.txt")).replace(/\s+/g, " ");
  assert(report.includes("an error 5 times smaller"), report);
});
