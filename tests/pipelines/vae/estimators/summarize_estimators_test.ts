import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type {
  EstimatePoint,
  Estimates,
  EstimatorName,
} from "../../../../pipelines/vae/estimators/estimates.ts";
import { summarizeEstimators } from "../../../../pipelines/vae/estimators/summarize_estimators.ts";

const point = (
  estimator: EstimatorName,
  size: number,
  error?: number,
): EstimatePoint => ({
  ...{ estimator, size, evaluations: 2 * size, bound: -100 + size / 10 },
  ...{ predictedError: 0.5, effectiveSampleSize: size / 4 },
  ...error !== undefined && { error },
});

const long: Estimates = {
  ...{ latent: 20, images: 8, acceptance: 0.65 },
  points: (["prior", "encoder", "annealing"] as const)
    .flatMap((name) => [point(name, 10), point(name, 40)]),
  sandwich: { lower: -90.5, upper: -90.25 },
};

const short: Estimates = {
  ...long,
  ...{ latent: 2, truth: -95, spacingError: 1e-4 },
  annealingDifference: { mean: -0.01, standardError: 0.005 },
  points: (["prior", "encoder", "annealing"] as const)
    .flatMap((name) => [point(name, 10, 0.4), point(name, 40, 0.2)]),
  sandwich: {
    ...{ lower: -90.5, upper: -90.25 },
    truth: {
      value: -90.375,
      lower: { mean: -0.125, standardError: 0.01 },
      upper: { mean: 0.125, standardError: 0.02 },
    },
  },
};

Deno.test("summarizeEstimators() names the largest size of each estimator, and what quadrature adds where there is one", async () => {
  const store = memoryRun();
  const { summary } = await execute(
    summarizeEstimators,
    { models: [long, short] },
    { seed: 0, store },
  );
  const expected = {
    ...{ "latent20/prior/size": 40, "latent20/prior/evaluations": 80 },
    ...{ "latent20/encoder/logLikelihood": -96, "latent20/acceptance": 0.65 },
    ...{ "latent20/simulated/width": 0.25, "latent2/quadrature": -95 },
    ...{ "latent2/simulated/lowerDifference": -0.125 },
    ...{ "latent2/annealing/differenceStdErr": 0.005 },
    ...{ "latent2/encoder/errorRatio": 0.8 }, // 0.4 / 0.5, of the size before the largest
    ...{ "latent2/prior/error": 0.2 },
  };
  for (const [name, value] of Object.entries(expected)) {
    assertAlmostEquals(summary[name] ?? NaN, value, 1e-12, name);
  }
  const ofLong = Object.keys(summary).filter((name) =>
    name.startsWith("latent20/")
  );
  assertEquals(ofLong.filter((name) => /quadrature|rror/.test(name)), []);
  const report = String(store.files.get("report.txt")).replace(/\s+/g, " ");
  assert(
    report.includes("-90.500 nats and -90.250 nats, 0.2500 apart."),
    report,
  );
  assert(
    report.includes("quadrature gives -90.375 nats, 0.1250 ± 0.0100 above"),
    report,
  );
});

/** Errors of one, of two and of three sizes, and which of them is compared with the predicted one, 0.5. */
for (
  const [errors, wanted] of [
    [[0.4], 0.8],
    [[0.4, 0.2], 0.8],
    [[0.4, 0.3, 0.2], 0.6],
  ] as const
) {
  Deno.test(`summarizeEstimators() of ${errors.length} sizes compares the error of the size before the largest, or of the only one`, async () => {
    const points = (["prior", "encoder", "annealing"] as const)
      .flatMap((name) => errors.map((error, i) => point(name, 10 ** i, error)));
    const { summary } = await execute(
      summarizeEstimators,
      { models: [{ ...short, points }] },
      { seed: 0 },
    );
    const found = summary["latent2/encoder/errorRatio"] ?? NaN;
    assertAlmostEquals(found, wanted, 1e-12);
  });
}
