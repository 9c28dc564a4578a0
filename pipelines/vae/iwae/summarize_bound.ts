/**
 * The stage that gathers the numbers of a run that trained by a bound of several samples.
 * @module
 */
import type { BoundKind } from "../../../models/objectives/sampled_bound.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { Training } from "../../training/training.ts";
import { publishedBound } from "./published_bound.ts";
import type { GradientComparison } from "./compare_gradients.ts";
import type { ActiveUnits } from "../count_active_units.ts";
import type { LogLikelihoodEstimate } from "../estimate_log_likelihood.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { type BoundTraining, boundTraining } from "./train_bound.ts";
import { only } from "../../core/task/flags.ts";

/** What a run of a bound ends with. */
export interface BoundResults {
  /** How the training went. */
  readonly training: Training;
  /** Log-likelihood of the test images. */
  readonly likelihood: LogLikelihoodEstimate;
  /** Which latent dimensions are used. */
  readonly activeUnits: ActiveUnits;
  /** The noise of the gradient by estimator. */
  readonly gradients: GradientComparison;
  /** What was maximized. */
  readonly objective: BoundKind;
  /** Samples of each image while training. */
  readonly samples: number;
  /** Stages of the schedule. */
  readonly stages: number;
  /** Layers of latents. */
  readonly latentLayers: number;
  /** What the images are. */
  readonly dataset: DatasetInfo;
}

/** Names the numbers of a run, and tells the published one beside them. */
export const summarizeBound: Stage<
  & Omit<BoundResults, "objective" | "samples" | "stages">
  & Partial<Pick<BoundTraining, "objective" | "samples" | "stages">>,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: [
    "training",
    "likelihood",
    "activeUnits",
    "gradients",
    "latentLayers",
    "dataset",
  ],
  settings: only(boundTraining, "objective", "samples", "stages"),
  adds: { summary: "the run's numbers by name" },
}, async (results, context) => {
  const { training, likelihood, activeUnits } = results;
  const comparison = besidePublished(results);
  if (comparison !== undefined) await leaveReport([comparison], context);
  return {
    summary: {
      steps: training.steps,
      bestStep: training.bestStep,
      "test/logLikelihood": likelihood.logLikelihood.mean,
      "test/logLikelihoodStdErr": likelihood.logLikelihood.standardError,
      "test/logLikelihoodSamplingError": likelihood.samplingError,
      "test/effectiveSampleSize": likelihood.effectiveSampleSize.mean,
      "test/effectiveSampleSizeStdErr":
        likelihood.effectiveSampleSize.standardError,
      "test/activeUnits": activeUnits.count,
      ...namesOf(results.gradients),
      importanceSamples: likelihood.importanceSamples,
    },
  };
});

/** A sentence on how far the published number is, for MNIST. */
function besidePublished(
  { likelihood, activeUnits, objective, samples, ...results }: BoundResults,
): string | undefined {
  const { stages, latentLayers, dataset } = results;
  const published = publishedBound(objective, samples, latentLayers);
  if (published === undefined || dataset.name !== "mnist") return undefined;
  const { logLikelihood } = likelihood;
  const above = published.logLikelihood - logLikelihood.mean;
  return `log p(x) is ${plusMinus(logLikelihood)} nats per image after ` +
    `${stages} of 8 stages, ` +
    `with ${activeUnits.count} active units. Burda et al. 2016, table 1, has ` +
    `${published.logLikelihood} and ${published.activeUnits} after all of them, from 60,000 training images: ` +
    `${Math.abs(above).toFixed(2)} nats ${above > 0 ? "higher" : "lower"}.`;
}

function namesOf(gradients: GradientComparison): Summary {
  return Object.fromEntries(
    Object.entries(gradients).flatMap(([name, noise]) => [
      [`gradient/${name}/variance`, noise.variance],
      [`gradient/${name}/signalToNoise`, noise.signalToNoise],
    ]),
  );
}
