import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { Stage } from "../../../pipelines/core/stage.ts";
import type { Estimates } from "../../../pipelines/vae/estimators/estimates.ts";
import { summarizeEstimators } from "../../../pipelines/vae/estimators/summarize_estimators.ts";
import type { FinishedRun } from "../../../pipelines/vae/latents/finished_run.ts";
import { reportComparison } from "../../../pipelines/vae/latents/report_comparison.ts";
import { assertNumbers } from "../assert_numbers.ts";
import { reportIn } from "../report_in.ts";

async function reported<In extends object>(
  stage: Stage<In, { readonly summary: Readonly<Record<string, number>> }>,
  input: In,
) {
  const store = memoryRun();
  const { summary } = await execute(stage, input, { seed: 0, store });
  return { summary, report: reportIn(store), store };
}

Deno.test("reportComparison() lays out means over seeds and their errors", async () => {
  const run = (latent: number, seed: number, elbo: number): FinishedRun => ({
    ...{ label: `k = ${latent}`, seed, dataset: "toy" },
    ...{ binarization: "threshold", config: { latent }, history: [] },
    summary: {
      ...{ "test/elbo": elbo, "test/reconstruction": elbo + latent },
      ...{ "test/kl": latent, "test/logLikelihood": elbo + 1.5 },
      ...{ "test/activeUnits": latent + seed },
    },
  });
  const swept = [run(2, 0, -10), run(2, 1, -12), run(14, 0, -8)];
  const finished = [run(3, 4, -9)];
  const { summary, store } = await reported(reportComparison, {
    ...{ swept, finished },
  });
  assertEquals(String(store.files.get("report.txt")).split("\n"), [
    "run     seeds           ELBO  reconstruction           KL      log p(x)  active units",
    "k = 2       2  -11.00 ± 1.00    -9.00 ± 1.00  2.00 ± 0.00  -9.50 ± 1.00   2.50 ± 0.50",
    "k = 14      1          -8.00            6.00        14.00         -6.50         14.00",
    "k = 3       1          -9.00           -6.00         3.00         -7.50          7.00",
    "± is the standard error of the mean over seeds; nats per image.",
    "",
  ]);
  assertNumbers(summary, {
    "k2/elbo": -11,
    "k2/elboStdErr": 1,
    "k2/reconstruction": -9,
    "k2/reconstructionStdErr": 1,
    "k2/kl": 2,
    "k2/klStdErr": 0,
    "k2/logLikelihood": -9.5,
    "k2/logLikelihoodStdErr": 1,
    "k2/activeUnits": 2.5,
    "k2/activeUnitsStdErr": 0.5,
    "k14/elbo": -8,
    "k14/reconstruction": 6,
    "k14/kl": 14,
    "k14/logLikelihood": -6.5,
    "k14/activeUnits": 14,
    "k3/elbo": -9,
    "k3/reconstruction": -6,
    "k3/kl": 3,
    "k3/logLikelihood": -7.5,
    "k3/activeUnits": 7,
  });
});

Deno.test("summarizeEstimators() tells bounds, errors, and both sides of simulated images", async () => {
  const point = (
    estimator: "prior" | "encoder" | "annealing",
    size: number,
    error?: number,
  ) => ({
    ...{ estimator, size, evaluations: 2 * size, bound: -100 + size / 10 },
    ...{ predictedError: 0.5, effectiveSampleSize: size / 4 },
    ...error === undefined ? {} : { error },
  });
  const names = ["prior", "encoder", "annealing"] as const;
  const long: Estimates = {
    ...{ latent: 20, images: 8, acceptance: 0.65 },
    points: names.flatMap((
      name,
      i,
    ) => [point(name, 10 + i), point(name, 40 + i)]),
    sandwich: { lower: -90.5, upper: -90.25 },
  };
  const short: Estimates = {
    ...{ ...long, latent: 2, truth: -95, spacingError: 1e-4 },
    annealingDifference: { mean: -0.01, standardError: 0.005 },
    points: names.flatMap((name, i) => [
      point(name, 10, 0.4 + i / 8),
      point(name, 40, 0.2 + i / 16),
    ]),
    sandwich: {
      ...{ lower: -90.5, upper: -90.25 },
      truth: {
        value: -90.375,
        lower: { mean: -0.125, standardError: 0.01 },
        upper: { mean: 0.1875, standardError: 0.02 },
      },
    },
  };
  const { summary, report } = await reported(summarizeEstimators, {
    models: [short, long],
  });
  assertEquals(
    report,
    "latent 2: mean log p(x) of 8 test images: 40 samples of the prior -96.000 nats, of the " +
      "encoder -96.000 nats, annealing through 40 distributions -96.000 nats, quadrature " +
      "-95.000 nats.\nlatent 2: samples worth as much as all that were drawn: 10.0 of the " +
      "prior, 10.0 of the encoder; transitions were accepted with 65 %.\nlatent 2: estimates " +
      "from 10 samples of the encoder are off by 0.53 nats, where 1/sqrt(S) predicts 0.50; " +
      "from 40 of the prior by 0.20, where the weights predict 0.50.\nlatent 2: on images drawn " +
      "from the model log p(x) lies between -90.500 nats and -90.250 nats, 0.2500 apart; " +
      "quadrature gives -90.375 nats, 0.1250 ± 0.0100 above the lower and 0.1875 ± 0.0200 " +
      "below the upper bound.\nlatent 20: mean log p(x) of 8 test images: 40 samples of the " +
      "prior -96.000 nats, of the encoder -95.900 nats, annealing through 42 distributions " +
      "-95.800 nats.\nlatent 20: samples worth as much as all that were drawn: 10.0 of the " +
      "prior, 10.3 of the encoder; transitions were accepted with 65 %.\nlatent 20: on images " +
      "drawn from the model log p(x) lies between -90.500 nats and -90.250 nats, 0.2500 apart.",
  );
  assertNumbers(summary, {
    "latent2/prior/size": 40,
    "latent2/prior/evaluations": 80,
    "latent2/prior/logLikelihood": -96,
    "latent2/prior/effectiveSampleSize": 10,
    "latent2/prior/error": 0.2,
    "latent2/encoder/size": 40,
    "latent2/encoder/evaluations": 80,
    "latent2/encoder/logLikelihood": -96,
    "latent2/encoder/effectiveSampleSize": 10,
    "latent2/encoder/error": 0.2625,
    "latent2/annealing/size": 40,
    "latent2/annealing/evaluations": 80,
    "latent2/annealing/logLikelihood": -96,
    "latent2/annealing/effectiveSampleSize": 10,
    "latent2/annealing/error": 0.325,
    "latent2/acceptance": 0.65,
    "latent2/simulated/lower": -90.5,
    "latent2/simulated/upper": -90.25,
    "latent2/simulated/width": 0.25,
    "latent2/simulated/quadrature": -90.375,
    "latent2/simulated/lowerDifference": -0.125,
    "latent2/simulated/lowerDifferenceStdErr": 0.01,
    "latent2/simulated/upperDifference": 0.1875,
    "latent2/simulated/upperDifferenceStdErr": 0.02,
    "latent2/quadrature": -95,
    "latent2/spacingError": 0.0001,
    "latent2/annealing/difference": -0.01,
    "latent2/annealing/differenceStdErr": 0.005,
    "latent2/encoder/errorRatio": 1.05,
    "latent20/prior/size": 40,
    "latent20/prior/evaluations": 80,
    "latent20/prior/logLikelihood": -96,
    "latent20/prior/effectiveSampleSize": 10,
    "latent20/encoder/size": 41,
    "latent20/encoder/evaluations": 82,
    "latent20/encoder/logLikelihood": -95.9,
    "latent20/encoder/effectiveSampleSize": 10.25,
    "latent20/annealing/size": 42,
    "latent20/annealing/evaluations": 84,
    "latent20/annealing/logLikelihood": -95.8,
    "latent20/annealing/effectiveSampleSize": 10.5,
    "latent20/acceptance": 0.65,
    "latent20/simulated/lower": -90.5,
    "latent20/simulated/upper": -90.25,
    "latent20/simulated/width": 0.25,
  });
});
