/**
 * The stage that gathers the numbers of a run that trained by a bound of several samples.
 * @module
 */
import type { BoundKind } from "../../models/objectives/sampled_bound.ts";
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { Training } from "../entries/training.ts";
import { publishedLogLikelihood } from "../measure/published_log_likelihood.ts";
import type { GradientComparison } from "./compare_gradients.ts";
import type { ActiveUnits } from "./count_active_units.ts";
import type { LogLikelihoodEstimate } from "./estimate_log_likelihood.ts";

/** Names the numbers of a run, and tells the published one beside them. */
export const summarizeBound: Stage<
  {
    readonly training: Training;
    readonly likelihood: LogLikelihoodEstimate;
    readonly activeUnits: ActiveUnits;
    readonly gradients: GradientComparison;
    readonly objective: BoundKind;
    readonly samples: number;
    readonly stages: number;
  },
  { readonly summary: Summary }
> = stage(
  "summarize",
  {
    needs: [
      "training",
      "likelihood",
      "activeUnits",
      "gradients",
      "objective",
      "samples",
      "stages",
    ],
    adds: { summary: "the run's numbers by name" },
  },
  (
    { training, likelihood, activeUnits, gradients, ...config },
    { progress },
  ) => {
    const { objective, samples, stages } = config;
    const { mean, standardError } = likelihood.logLikelihood;
    const published = publishedLogLikelihood(objective, samples);
    if (published !== undefined) {
      const gap = (published - mean).toFixed(2);
      progress.note(
        `log p(x) is ${mean.toFixed(2)} after ${stages} of 8 stages; ` +
          `Burda et al. 2016 report ${published} after all, on 60,000 training images: ${gap} nats above`,
      );
    }
    return {
      summary: {
        steps: training.steps,
        bestStep: training.bestStep,
        "test/logLikelihood": mean,
        "test/logLikelihoodStdErr": standardError,
        "test/logLikelihoodSamplingError": likelihood.samplingError,
        "test/effectiveSampleSize": likelihood.effectiveSampleSize.mean,
        "test/activeUnits": activeUnits.count,
        ...Object.fromEntries(
          Object.entries(gradients).flatMap(([name, noise]) => [
            [`gradient/${name}/variance`, noise.variance],
            [`gradient/${name}/signalToNoise`, noise.signalToNoise],
          ]),
        ),
        importanceSamples: likelihood.importanceSamples,
      },
    };
  },
);
