import { assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { countActiveUnits } from "../../../pipelines/vae/count_active_units.ts";
import { estimateLogLikelihood } from "../../../pipelines/vae/estimate_log_likelihood.ts";
import { evaluateElbo } from "../../../pipelines/vae/evaluate_elbo.ts";
import { summarizeVae } from "../../../pipelines/vae/summarize_vae.ts";
import { toyImages, toyVae } from "./toy_vae.ts";

const run = { seed: 0, device: "cpu", threads: 1 } as const;
const common = { images: toyImages, latent: 2, monteCarlo: 3 };

/** Every pixel is as likely 0 as 1. */
const EVEN = -4 * Math.LN2;

Deno.test("evaluateElbo() of a VAE without weights is the log probability of four fair coins", async () => {
  using vae = toyVae();
  const { elbo } = await execute(evaluateElbo, { ...common, vae }, run);
  assertAlmostEquals(elbo.elbo.mean, EVEN, 1e-6);
  assertAlmostEquals(elbo.reconstruction.mean, EVEN, 1e-6);
  assertEquals([elbo.kl.mean, elbo.elbo.standardError], [0, 0]);
});

Deno.test("evaluateElbo() takes the divergence of the posterior away", async () => {
  // q = N((1, 0), I): KL = (1 + 0) / 2
  using vae = toyVae({ "encoder/mean/bias": [1, 0] });
  const { elbo } = await execute(evaluateElbo, { ...common, vae }, run);
  assertAlmostEquals(elbo.kl.mean, 0.5, 1e-6);
  assertAlmostEquals(elbo.elbo.mean, EVEN - 0.5, 1e-6);
});

Deno.test("estimateLogLikelihood() of a decoder that ignores its latents is exact, with every sample of use", async () => {
  using vae = toyVae();
  const input = { ...common, vae, importanceSamples: 8 };
  const { likelihood } = await execute(estimateLogLikelihood, input, run);
  assertAlmostEquals(likelihood.logLikelihood.mean, EVEN, 1e-6);
  assertAlmostEquals(likelihood.samplingError, 0, 1e-6);
  assertAlmostEquals(likelihood.effectiveSampleSize.mean, 8, 1e-4);
  assertEquals(likelihood.importanceSamples, 8);
});

Deno.test("estimateLogLikelihood() finds what a shifted posterior hides from the bound", async () => {
  using vae = toyVae({ "encoder/mean/bias": [1, 0] });
  const input = { ...common, vae, importanceSamples: 5000 };
  const { likelihood } = await execute(estimateLogLikelihood, input, run);
  // weights exp(1/2 - z) with z ~ N(1, 1) have variance e - 1: of the mean's logarithm sqrt((e - 1) / 5000) = 0.019
  const error = Math.sqrt((Math.E - 1) / 5000);
  assertAlmostEquals(likelihood.logLikelihood.mean, EVEN, 4 * error / 2); // four images
  assertAlmostEquals(likelihood.samplingError, error, error / 5);
});

Deno.test("countActiveUnits() counts the dimension that follows a pixel, and not the one that stands still", async () => {
  // means are (10 tanh(first pixel), 5)
  using vae = toyVae({
    "encoder/hidden/weight": [1, 0, 0, 0],
    "encoder/mean/weight": [10, 0],
    "encoder/mean/bias": [0, 5],
  });
  const { activeUnits } = await execute(
    countActiveUnits,
    { ...common, vae },
    run,
  );
  assertEquals(activeUnits.count, 1);
  // 0, m, 0, m: the sum of squared deviations is m^2, over three
  const variance = (10 * Math.tanh(1)) ** 2 / 3;
  assertAlmostEquals(activeUnits.variances[0]!, variance, 1e-4);
  assertEquals(activeUnits.variances[1], 0);
});

Deno.test("summarizeVae() names each number by what it is of", async () => {
  const number = (mean: number) => ({ mean, standardError: mean / 100 });
  const { summary } = await execute(summarizeVae, {
    training: { history: [], snapshots: [], steps: 30, bestStep: 20 },
    elbo: {
      elbo: number(-5),
      reconstruction: number(-3),
      kl: number(2),
    },
    likelihood: {
      logLikelihood: number(-4),
      samplingError: 0.25,
      effectiveSampleSize: number(7),
      importanceSamples: 50,
    },
  }, run);
  assertEquals(summary, {
    steps: 30,
    bestStep: 20,
    "test/elbo": -5,
    "test/elboStdErr": -0.05,
    "test/reconstruction": -3,
    "test/reconstructionStdErr": -0.03,
    "test/kl": 2,
    "test/klStdErr": 0.02,
    "test/logLikelihood": -4,
    "test/logLikelihoodStdErr": -0.04,
    "test/logLikelihoodSamplingError": 0.25,
    "test/effectiveSampleSize": 7,
    "test/effectiveSampleSizeStdErr": 0.07,
    importanceSamples: 50,
  });
});
