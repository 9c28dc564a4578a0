import { assertEquals } from "@std/assert";
import { FullNormal } from "../../../models/distributions/full_normal.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { NormalPair } from "../../../pipelines/exact/kl_gaussians/normal_pairs.ts";
import { summarizeKl } from "../../../pipelines/exact/kl_gaussians/summarize_kl.ts";
import { summarizeMeanField } from "../../../pipelines/exact/mean_field/summarize_mean_field.ts";
import { reportIn } from "../report_in.ts";

Deno.test("summarizeKl() tells the farthest and the nearest pair", async () => {
  const pair = (kind: NormalPair["kind"], separation: number): NormalPair => ({
    ...{ kind, separation },
    ...{ q: new FullNormal([0], [[1]]), p: new FullNormal([0], [[1]]) },
  });
  const comparisons = [
    {
      ...{ pair: pair("diagonal", 7), closedForm: 8 },
      plain: { mean: 8.25, standardError: 0.125 },
      controlled: { mean: 7.75, standardError: 0.02 },
    },
    {
      ...{ pair: pair("full", 0.1), closedForm: 0.03125 },
      plain: { mean: 0.0375, standardError: 0.025 },
      controlled: { mean: 0.03, standardError: 0.0005 },
    },
  ];
  const store = memoryRun();
  const input = { comparisons, samples: 400 };
  await execute(summarizeKl, input, { seed: 0, store });
  assertEquals(
    reportIn(store),
    "KL(q || p) = (trace + mean^2 - D - log det) / 2, with plus one half: the farthest of 2 " +
      "means of 400 samples is 2.0 standard errors away from it.\nWith minus one half the " +
      "diagonal pair at separation 7 would have -8 nats, below zero; samples give 8.25 ± " +
      "0.125, 130 standard errors away.\nNearly equal, at 0.0313 nats, the mean log ratio is " +
      "0.0375 ± 0.025 (sqrt(2 KL / S) predicts ± 0.0125); with the control variate it is 0.03 " +
      "± 0.0005, an error 50 times smaller.\nFar apart, at 8 nats, the samples of q do not meet " +
      "those of p: their mean of p / q is 0.500 where it should be 1, and the control variate " +
      "takes 0.500 nats away in silence.",
  );
});

Deno.test("summarizeMeanField() tells limits, the tightest bound, and what optimization misses", async () => {
  const best = (exact: number, optimized: number) => ({
    ...{ exact, optimized, meanEnergy: 0 },
  });
  const store = memoryRun();
  await execute(summarizeMeanField, {
    count: 5,
    meanField: {
      binary: [
        {
          ...{ beta: 2, logPartition: 3, meanEnergy: 0.5, slope: -0.5000001 },
          ...{ equal: best(-2, -2), free: best(-2.5, -2.5 + 2e-9) },
        },
        {
          ...{ beta: 40, logPartition: 4, meanEnergy: 0.25, slope: -0.25 },
          ...{ equal: best(-3, -3), free: best(-3.75, -3.75) },
        },
      ],
      limits: [
        { count: 2, equal: 1.0986, free: 0.4055, freeOptimized: 0.4055 },
        { count: 3, equal: 1.9459, free: 0.5596, freeOptimized: 0.5597 },
      ],
      normals: [
        {
          ...{ correlation: 0.5, variance: 0.75, varianceOptimized: 0.7501 },
          ...{ kl: 0.1438, klOptimized: 0.1439 },
        },
        {
          ...{ correlation: 0.6, variance: 0.64, varianceOptimized: 0.6402 },
          ...{ kl: 0.2231, klOptimized: 0.2233 },
        },
      ],
      symmetryBreaks: 12.3456,
    },
  }, { seed: 0, store });
  assertEquals(
    reportIn(store),
    "p(w) proportional to 1 - prod w_i over {0, 1}^3: the best equal factors are all certain " +
      "zeros, KL 1.9459 nats = log(2^3 - 1); of free factors one is a certain zero and the " +
      "others are fair coins, KL 0.5596 nats, which tends to log 2 = 0.6931 nats.\nWith 5 " +
      "factors, free ones begin to be better than equal ones at beta = 12.3456, where one of " +
      "them turns towards zero and breaks the symmetry.\nThe free energy is never below -log Z: " +
      "the smallest distance is 0.250 nats, at beta = 40.0.\nd log Z / d beta is minus the mean " +
      "energy: central differences agree to 1.0e-7.\nOptimization meets the exact optima to " +
      "2.0e-4 nats.\nTwo normal numbers of correlation 0.6: the best factors have variance " +
      "0.6402 (1 - rho^2 = 0.6400), too narrow for the marginal variance 1, and KL 0.2233 nats " +
      "(-log(1 - rho^2) / 2 = 0.2231 nats).",
  );
});
