import { assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import type { Stage } from "../../../pipelines/core/stage.ts";
import type { ArchitectureCase } from "../../../pipelines/vae/conv/image_model.ts";
import { reportArchitectures } from "../../../pipelines/vae/conv/report_architectures.ts";
import { summarizeElboGap } from "../../../pipelines/vae/gap/summarize_elbo_gap.ts";
import { summarizeBound } from "../../../pipelines/vae/iwae/summarize_bound.ts";
import type { PixelCase } from "../../../pipelines/vae/likelihoods/pixel_case.ts";
import { reportPixelCases } from "../../../pipelines/vae/likelihoods/report_pixel_cases.ts";
import { reportIn } from "../report_in.ts";

async function reported<In extends object>(
  stage: Stage<In, { readonly summary: Readonly<Record<string, number>> }>,
  input: In,
) {
  const store = memoryRun();
  const { summary } = await execute(stage, input, { seed: 0, store });
  return { summary, report: reportIn(store), store };
}

Deno.test("summarizeElboGap() tells residuals, and what rose or fell", async () => {
  const point = (
    step: number,
    elbo: number,
    gap: number,
    residual: number,
  ) => ({
    ...{ step, elbo, gap, residual, logLikelihood: elbo + gap },
    residualStdErr: 0.5,
  });
  const { report } = await reported(summarizeElboGap, {
    vaeGap: [point(0, -10, 1, 0.5), point(5, -6, 3, -1.25), point(9, -4, 2, 0)],
    linearGap: [point(0, -8, 2, 1e-9), point(3, -7, 0.5, -2e-9)],
    spacingError: 1e-4,
  });
  assertEquals(
    report,
    "log p(x) - ELBO = KL(q(z|x) || p(z|x)). Linear model, three closed forms: equal to " +
      "2.0e-9 nats at 2 moments of training.\nVAE, log p(x) and KL by quadrature, the bound by " +
      "samples: equal within 2.5 standard errors at 3 moments; twice the grid spacing changes " +
      "no image by more than 0.0001 nats.\nLinear model: the bound rose by 1.00 nats, for log " +
      "p(x) rose by -0.50 and the gap fell by 1.500; it was widest, 2.000, after 0 " +
      "updates.\nVAE: the bound rose by 6.00 nats, for log p(x) rose by 7.00 and the gap grew " +
      "by 1.000; it was widest, 3.000, after 5 updates.",
  );
});

Deno.test("summarizeElboGap() of one image, whose error is not known, finds no deviation", async () => {
  const point = { step: 0, elbo: -2, gap: 1, logLikelihood: -1, residual: 0.5 };
  const { summary } = await reported(summarizeElboGap, {
    vaeGap: [{ ...point, residualStdErr: NaN }],
    linearGap: [{ ...point, residualStdErr: 1 }],
    spacingError: 0,
  });
  assertEquals(summary["vae/greatestDeviation"], 0);
});

Deno.test("summarizeBound() tells how far the published bound is, above or below", async () => {
  const input = (mean: number) => ({
    training: { history: [], snapshots: [], steps: 9, bestStep: 6 },
    likelihood: {
      logLikelihood: { mean, standardError: 0.5 },
      effectiveSampleSize: { mean: 4, standardError: 1 },
      ...{ samplingError: 0.25, importanceSamples: 50 },
    },
    activeUnits: { count: 12, variances: [] },
    gradients: {} as never, // told elsewhere
    ...{ latentLayers: 2, dataset: { name: "mnist" } as never },
    ...{ objective: "iwae", samples: 5, stages: 3 } as const,
  });
  const { report } = await reported(summarizeBound, input(-85));
  assertEquals(
    report,
    "log p(x) is -85.00 ± 0.50 nats per image after 3 of 8 stages, with 12 active units. Burda et al. 2016, table " +
      "1, has -83.89 and 26 after all of them, from 60,000 training images: 1.11 nats higher.",
  );
  const better = await reported(summarizeBound, input(-82.5));
  assertEquals(better.report.split(": ").at(-1), "1.39 nats lower.");
});

Deno.test("reportArchitectures() names and tells each architecture, and the pace where it was measured", async () => {
  const one: ArchitectureCase = {
    ...{ title: "a net", architecture: "conv", parameters: 12_345, epochs: 5 },
    ...{ objective: -20.5, reconstruction: -19.25, kl: 1.25, elbo: -300.5 },
    ...{ logLikelihood: -250.75, samples: new Float32Array(), history: [] },
  };
  const skips = { ...one, architecture: "conv-with-skips" } as const;
  const { report, summary } = await reported(reportArchitectures, {
    architectures: [one, { ...skips, title: "with skips" }],
    pace: { conv: 0.05, mlp: 0.004 },
  });
  assertEquals(
    report,
    "A weight update took 50.0 ms with convolutions and 4.0 ms without: 12.5 times as " +
      "long.\na net, 12,345 parameters, 5 epochs: ELBO -300.50, log p(x) -250.75 nats per " +
      "image.\nwith skips, 12,345 parameters, 5 epochs: the decoder that also sees the " +
      "encoder's features reaches -20.50 nats with a KL of 1.25. That bounds no log p(x), as " +
      "p(x|z, x) knows x: from latents alone, which is how images are drawn, the same " +
      "decoder's ELBO is -300.50 and its log p(x) -250.75.",
  );
  assertEquals(Object.keys(summary).length, 14);
  const own = Object.entries(summary).filter(([name]) => /^a-net/.test(name));
  assertEquals(Object.fromEntries(own), {
    "a-net/parameters": 12345,
    "a-net/epochs": 5,
    "a-net/objective": -20.5,
    "a-net/reconstruction": -19.25,
    "a-net/kl": 1.25,
    "a-net/elbo": -300.5,
    "a-net/logLikelihood": -250.75,
  });
  const short = await reported(reportArchitectures, {
    ...{ architectures: [one], pace: undefined },
  });
  assertEquals(short.report.split("\n").length, 1);
});

Deno.test("reportPixelCases() says of each distribution whether it is a likelihood", async () => {
  const one: PixelCase = {
    ...{ title: "A model", likelihood: "bernoulli", pixels: "none" },
    ...{ elbo: -100.5, reconstruction: -80.25, kl: 20.25, logLikelihood: -95 },
    ...{ logMass: -700.5, means: new Float32Array() },
    drawn: new Float32Array(),
  };
  const { report, summary } = await reported(reportPixelCases, {
    pixelCases: [
      { ...one, pixels: "threshold", logMass: 0 },
      one,
      { ...one, likelihood: "continuous-bernoulli", logMass: 0 },
      { ...one, likelihood: "normal", logMass: -400 },
    ],
  });
  assertEquals(
    report,
    "A model: ELBO -100.5 nats per image. p(x|z) sums to 1 over binary images: a bound of " +
      "log p(x).\nA model: ELBO -100.5 nats per image. exp of minus the cross-entropy " +
      "integrates over [0, 1] to exp(-700.5), not 1: no likelihood of grey pixels; with the " +
      "normalizer, the ELBO of the same decoder is 600.0.\nA model: ELBO -100.5 nats per image. " +
      "p(x|z) integrates to 1 over [0, 1]: a bound of a log density.\nA model: ELBO -100.5 nats " +
      "per image. A density of all numbers, of whose mass exp(-400.0) lies on images in [0, " +
      "1]; with the normalizer, the ELBO of the same decoder is 299.5.",
  );
  assertEquals(summary["grey/normal/normalizedElbo"], 299.5);
  const own = Object.entries(summary)
    .filter(([name]) => name.startsWith("grey/bernoulli"));
  assertEquals(Object.fromEntries(own), {
    "grey/bernoulli/elbo": -100.5,
    "grey/bernoulli/reconstruction": -80.25,
    "grey/bernoulli/kl": 20.25,
    "grey/bernoulli/logLikelihood": -95,
    "grey/bernoulli/logMass": -700.5,
    "grey/bernoulli/normalizedElbo": 600,
  });
  assertEquals(Object.keys(summary).length, 24);
});
