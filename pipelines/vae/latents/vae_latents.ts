/**
 * Variational autoencoders with latent vectors of many lengths, side by side.
 * @module
 */
import { buildVae, type VaeLayers, vaeLayers } from "../build_vae.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list, text } from "../../core/task/fields.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import type { FinishedRun } from "./finished_run.ts";
import type { BinaryImages } from "../../images/images.ts";
import { countActiveUnits } from "../count_active_units.ts";
import {
  estimateLogLikelihood,
  type LikelihoodRequest,
  likelihoodRequest,
} from "../estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate_elbo.ts";
import { finishRun } from "./finish_run.ts";
import { reportComparison } from "./report_comparison.ts";
import { summarizeVae } from "../summarize_vae.ts";
import { threshold } from "../../images/binarize_stages.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { readRuns } from "./read_runs.ts";
import { drawComparison } from "./draw_comparison.ts";
import { trainElbo } from "../train_elbo.ts";

/** What all models of the sweep have in common. */
export interface VaeLatentsCommon
  extends VaeLayers, ElboTraining, LikelihoodRequest {}

/** Which models to train. */
export interface LatentsRequest {
  /** Lengths of the latent vectors. */
  readonly latents: readonly number[];
  /** Trainings of each length. */
  readonly seeds: number;
}

const sweepRequest: Flags<LatentsRequest> = {
  latents: list(
    [1, 2, 3, 5, 10, 20, 50],
    count(1, "lengths of the latent vectors", { max: 1000 }),
    { least: 1, repeats: "refused", smoke: [1, 3, 20] },
  ),
  seeds: count(2, "trainings of each length", { smoke: 1 }),
};

/** Everything that shapes the experiment. */
export interface VaeLatentsConfig
  extends ImageRequest, VaeLatentsCommon, LatentsRequest {
  /** Folders of finished runs to put beside. */
  readonly runs: readonly string[];
}

const common: Flags<VaeLatentsCommon> = {
  ...vaeLayers,
  ...elboTraining,
  ...likelihoodRequest,
};

/** Settings of the experiment but for `data`, with its defaults. */
export const vaeLatentsFlags: Flags<Omit<VaeLatentsConfig, "data">> = {
  ...sweepRequest,
  runs: list([], text("", "finished runs to put beside", { form: "FOLDER" }), {
    repeats: "refused",
  }),
  ...withDefaults(common, {
    epochs: 10,
    importanceSamples: 200,
    snapshots: [],
  }),
  ...imageRequest,
};

/** What each model of the sweep starts from. */
interface Model extends VaeLatentsCommon {
  readonly label: string;
  readonly replica: number;
  readonly latent: number;
  readonly images: BinaryImages;
  readonly dataset: DatasetInfo;
}

const sweep: Stage<
  VaeLatentsConfig & Pick<Model, "images" | "dataset">,
  { readonly swept: readonly FinishedRun[] }
> = forEach("sweep", {
  needs: ["images", "dataset"],
  settings: { ...sweepRequest, ...common },
  adds: { swept: "label, numbers and history of each model" },
  cases: ({ latents, seeds, ...rest }) =>
    latents.flatMap((latent) =>
      Array.from({ length: seeds }, (_, replica) => ({
        name: `k${latent}-${replica}`,
        input: { ...rest, latent, replica, label: `k = ${latent}` },
      }))
    ),
  stage: pipeline<Model>("model")
    .pipe(buildVae)
    .pipe(trainElbo)
    .pipe(evaluateElbo)
    .pipe(estimateLogLikelihood)
    .pipe(countActiveUnits)
    .pipe(summarizeVae)
    .pipe(finishRun)
    .give("finishedRun"),
  collect: (results) => ({ swept: results.map(({ out }) => out.finishedRun) }),
});

/** From images to the measurements of one model for each length and seed, beside finished runs. */
export function vaeLatentsExperiment(
  name: string,
): Stage<VaeLatentsConfig, { readonly summary: Summary }> {
  return pipeline<VaeLatentsConfig>(name)
    .pipe(loadMnist)
    .pipe(threshold)
    .pipe(readRuns)
    .pipe(sweep)
    .pipe(reportComparison)
    .pipe(drawComparison)
    .give("summary");
}
