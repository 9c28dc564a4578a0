/**
 * The stage that makes a run of what was measured of one model among several.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { FinishedRun } from "./finished_run.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { ActiveUnits } from "../count_active_units.ts";

/** Gathers the label, the numbers and the history of a model. */
export const finishRun: Stage<
  {
    readonly label: string;
    readonly replica: number;
    readonly latent: number;
    readonly summary: Summary;
    readonly activeUnits: ActiveUnits;
    readonly training: Training;
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  { readonly finishedRun: FinishedRun }
> = stage("finish", {
  needs: [
    "label",
    "replica",
    "latent",
    "summary",
    "activeUnits",
    "training",
    "images",
    "dataset",
  ],
  adds: { finishedRun: "its label, numbers and history" },
}, ({ label, replica, latent, summary, activeUnits, ...others }) => ({
  finishedRun: {
    label,
    seed: replica,
    dataset: others.dataset.name,
    binarization: others.images.binarization,
    config: { latent },
    summary: { ...summary, "test/activeUnits": activeUnits.count },
    history: others.training.history,
  },
}));
