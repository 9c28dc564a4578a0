import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mixingAt } from "../../../../models/diffusion/bound_terms.ts";
import { noiseSchedule } from "../../../../models/diffusion/noise_schedule.ts";
import { eulerAncestral } from "../../../../models/samplers/ddim.ts";
import { gridAt } from "../../../../models/samplers/sampling_grid.ts";
import { spacedTimesteps } from "../../../../models/samplers/spacing.ts";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { simulateMarginals } from "../../../../pipelines/diffusion/exact/known_chains.ts";
import { sampleLaw } from "../../../../pipelines/diffusion/exact/known_laws.ts";
import { follow } from "../../../../pipelines/diffusion/exact/line_samplers.ts";
import { meanAndError } from "../../../../pipelines/statistics/mean_and_error.ts";

/** Mean and variance of normal data, N(1/2, 1/16). */
const [MEAN, VARIANCE] = [0.5, 1 / 16];

Deno.test("simulateMarginals() of five chains is off by what five numbers are off by", () => {
  const key = keyFrom(8);
  const schedule = noiseSchedule("cosine", 10);
  let x = Array.from(normal(fold(key, "data"), 5), (z) => MEAN + 0.25 * z);
  const points = simulateMarginals(10, 5, key);
  assertEquals(points.map(({ timestep }) => timestep), [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  ]);
  for (const { timestep, meanDeviation, varianceDeviation } of points) {
    const beta = schedule.betas[timestep]!;
    const noise = normal(fold(key, timestep), 5);
    x = x.map((one, i) =>
      Math.sqrt(1 - beta) * one + Math.sqrt(beta) * noise[i]!
    );
    const { signal, spread } = mixingAt(schedule, timestep);
    const variance = signal ** 2 * VARIANCE + spread ** 2;
    const { mean, standardError } = meanAndError(x);
    assertAlmostEquals(
      meanDeviation,
      (mean - signal * MEAN) / Math.sqrt(variance / 5),
      1e-6,
    );
    const sampled = 5 * standardError ** 2;
    assertAlmostEquals(
      varianceDeviation,
      (sampled - variance) / (variance * Math.sqrt(2 / 4)), // of four degrees of freedom
      1e-6,
    );
  }
});

Deno.test("sampleLaw() of four samples is their standard deviation", () => {
  const key = keyFrom(9);
  const schedule = noiseSchedule("linear", 1000);
  const grid = gridAt(
    schedule,
    spacedTimesteps({ timesteps: 1000, steps: 10, spacing: "trailing" }),
  );
  const draw = (name: string | number) =>
    Float64Array.from(normal(fold(key, name), 4));
  const end = follow(
    eulerAncestral,
    grid,
    draw("start"),
    (x, { signal, spread }) =>
      // of normal data: the precision-weighted mean
      (MEAN / VARIANCE + signal * x / spread ** 2) /
      (1 / VARIANCE + signal ** 2 / spread ** 2),
    draw,
  );
  const { standardError } = meanAndError(end);
  const found = sampleLaw(4, key);
  assertAlmostEquals(found.sampled, 2 * standardError, 1e-9);
  assertAlmostEquals(found.standardError, found.sampled / Math.sqrt(6), 1e-12);
});
