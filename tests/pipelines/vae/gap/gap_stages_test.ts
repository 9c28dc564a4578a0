import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import {
  buildLinearGaussian,
  type LinearRequest,
} from "../../../../pipelines/vae/gap/build_linear_gaussian.ts";
import { gapPoint } from "../../../../pipelines/vae/gap/gap_point.ts";
import { summarizeElboGap } from "../../../../pipelines/vae/gap/summarize_elbo_gap.ts";
import {
  type LinearTraining,
  trainLinearGaussian,
} from "../../../../pipelines/vae/gap/train_linear_gaussian.ts";

Deno.test("gapPoint() averages over items, and what is left over has an error", () => {
  const point = gapPoint(7, {
    logLikelihood: [-1, -3],
    elbo: [-2, -5],
    gap: [1, 1], // of the second item 1 nat is missing
  });
  assertEquals(point, {
    ...{ step: 7, logLikelihood: -2, elbo: -3.5, gap: 1, residual: 0.5 },
    residualStdErr: 0.5, // deviation 1 / sqrt 2 over the root of 2
  });
});

Deno.test("the linear model's bound rises with training, and three closed forms agree at each moment", async () => {
  const store = memoryRun();
  const whole = pipeline<Partial<LinearRequest & LinearTraining>>("linear")
    .pipe(buildLinearGaussian)
    .pipe(trainLinearGaussian)
    .give("linearGap", "vectors");
  const { linearGap, vectors } = await execute(
    whole,
    { linearVectors: 50, linearUpdates: 40 },
    { seed: 0, device: "cpu", threads: 1, store },
  );
  assertEquals([vectors.count, vectors.length, vectors.values.length], [
    ...[50, 6, 300],
  ]);
  assertEquals(linearGap[0]!.step, 0);
  assertEquals(linearGap.at(-1)!.step, 40);
  assertLess(linearGap[0]!.elbo, linearGap.at(-1)!.elbo);
  for (const { residual, gap, elbo, logLikelihood } of linearGap) {
    assertAlmostEquals(residual, 0, 1e-6); // in double precision, of single precision weights
    assertLess(0, gap);
    assertLess(elbo, logLikelihood);
  }
  assertEquals(store.records.length, linearGap.length);
});

Deno.test("summarizeElboGap() tells what rose, what fell, and where the gap was widest", async () => {
  const point = (
    step: number,
    elbo: number,
    gap: number,
    residual: number,
  ) => ({
    ...{ step, elbo, gap, residual, logLikelihood: elbo + gap },
    residualStdErr: 0.5,
  });
  const store = memoryRun();
  const { summary } = await execute(summarizeElboGap, {
    vaeGap: [point(0, -10, 1, 0.5), point(5, -6, 3, -1), point(9, -4, 2, 0)],
    linearGap: [point(0, -8, 2, 1e-9), point(3, -7, 0.5, -2e-9)],
    spacingError: 1e-4,
  }, { seed: 0, store });
  assertEquals(summary, {
    ...{ "vae/logLikelihood": -2, "vae/elbo": -4, "vae/gap": 2 },
    ...{ "vae/elboRise": 6, "vae/logLikelihoodRise": 7, "vae/gapRise": 1 },
    ...{ "vae/greatestGap": 3, "vae/greatestGapStep": 5 },
    ...{ "vae/greatestDeviation": 2, "vae/spacingError": 1e-4 },
    ...{ "linear/logLikelihood": -6.5, "linear/elbo": -7, "linear/gap": 0.5 },
    ...{ "linear/elboRise": 1, "linear/logLikelihoodRise": -0.5 },
    ...{ "linear/gapRise": -1.5, "linear/greatestGap": 2 },
    ...{ "linear/greatestGapStep": 0, "linear/greatestResidual": 2e-9 },
  });
  const report = String(store.files.get("report.txt")).replace(/\s+/g, " ");
  assert(report.includes("the gap fell by 1.500"), report);
  assert(report.includes("the gap grew by 1.000"), report);
});
