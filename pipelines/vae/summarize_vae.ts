/**
 * The stage that gathers the numbers of a VAE's run.
 * @module
 */
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { Training } from "../training/training.ts";
import type { LogLikelihoodEstimate } from "./estimate_log_likelihood.ts";
import type { ElboEstimate } from "./evaluate_elbo.ts";

/** Names the numbers of a run, as `summary.json` holds them. */
export const summarizeVae: Stage<
  {
    readonly training: Training;
    readonly elbo: ElboEstimate;
    readonly likelihood: LogLikelihoodEstimate;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["training", "elbo", "likelihood"],
  adds: { summary: "the run's numbers by name" },
}, ({ training, elbo, likelihood }) => ({
  summary: {
    steps: training.steps,
    bestStep: training.bestStep,
    "test/elbo": elbo.elbo.mean,
    "test/elboStdErr": elbo.elbo.standardError,
    "test/reconstruction": elbo.reconstruction.mean,
    "test/reconstructionStdErr": elbo.reconstruction.standardError,
    "test/kl": elbo.kl.mean,
    "test/klStdErr": elbo.kl.standardError,
    "test/logLikelihood": likelihood.logLikelihood.mean,
    "test/logLikelihoodStdErr": likelihood.logLikelihood.standardError,
    "test/logLikelihoodSamplingError": likelihood.samplingError,
    "test/effectiveSampleSize": likelihood.effectiveSampleSize.mean,
    "test/effectiveSampleSizeStdErr":
      likelihood.effectiveSampleSize.standardError,
    importanceSamples: likelihood.importanceSamples,
  },
}));
