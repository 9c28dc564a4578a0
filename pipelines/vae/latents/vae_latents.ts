/**
 * Variational autoencoders with latent vectors of many lengths, side by side.
 * @module
 */
import { buildVae } from "../build_vae.ts";
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list, text } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { FinishedRun } from "./finished_run.ts";
import type { BinaryImages } from "../../images/images.ts";
import { countActiveUnits } from "../count_active_units.ts";
import { estimateLogLikelihood } from "../estimate_log_likelihood.ts";
import { evaluateElbo } from "../evaluate_elbo.ts";
import { finishRun } from "./finish_run.ts";
import { reportComparison } from "./report_comparison.ts";
import { summarizeVae } from "../summarize_vae.ts";
import { threshold } from "../../images/binarize_stages.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { readRuns } from "./read_runs.ts";
import { drawComparison } from "./draw_comparison.ts";
import { trainElbo } from "../train_elbo.ts";
import { imageFlags, modelFlags, type VaeDefaults } from "../vae.ts";

/** What all models of the sweep have in common. */
export type VaeLatentsCommon = Omit<VaeDefaults, "latent" | "reconstructions">;

/** Everything that shapes the experiment. */
export interface VaeLatentsConfig extends ImageRequest, VaeLatentsCommon {
  /** Lengths of the latent vectors. */
  readonly latents: readonly number[];
  /** Trainings of each length. */
  readonly seeds: number;
  /** Folders of finished runs to put beside. */
  readonly runs: readonly string[];
}

const {
  latent: _latent,
  reconstructions: _reconstructions,
  ...common
} = modelFlags({
  latent: 1,
  epochs: 10,
  importanceSamples: 200,
  snapshots: [],
});

/** Its flags. */
export const vaeLatentsFlags: Flags<Omit<VaeLatentsConfig, "data">> = {
  latents: list(
    [1, 2, 3, 5, 10, 20, 50],
    count(1, "lengths of the latent vectors", { max: 1000 }),
    { smoke: [1, 3, 20] },
  ),
  seeds: count(2, "trainings of each length", { smoke: 1 }),
  runs: list([], text("", "finished runs to put beside", { form: "FOLDER" })),
  ...common,
  ...imageFlags,
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
  needs: [
    ...["images", "dataset", "latents", "seeds"] as const,
    ...Object.keys(common) as (keyof VaeLatentsCommon)[], // one flag for each setting
  ],
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
