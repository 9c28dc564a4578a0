/**
 * The stage that draws how well each batch was reconstructed while training.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import { historyPoints } from "../../charts/history_points.ts";
import { type TrainingLength, trainingLength } from "../../images/fit_model.ts";
import { only } from "../../core/task/flags.ts";

/** Draws E[log p(x | z)] of each record of the training, and of each validation, against weight updates. */
export const drawBatches: Stage<
  Partial<Pick<TrainingLength, "recordEvery">> & {
    readonly training: Training;
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-batches", {
  needs: ["training", "images", "dataset"],
  settings: only(trainingLength, "recordEvery"),
  adds: {},
}, async ({ training, images, recordEvery, dataset }, context) => {
  const records = recordEvery === 1
    ? "each training minibatch"
    : `${recordEvery} training minibatches`;
  await context.artifacts.figure(
    await lineChart({
      name: "batches",
      title: "Reconstruction log-likelihood of each minibatch",
      subtitle: subtitleOf(dataset, context),
      x: { title: "weight updates", scale: "log" }, // the first hundred would else hide the rest
      y: { title: "E[log p(x|z)], nats per image" },
      series: [
        seriesOf(training, "train", records),
        seriesOf(
          training,
          "validation",
          `${images.validation.count} validation images`,
        ),
      ],
    }),
  );
  return {};
});

function seriesOf(
  { history }: Training,
  split: "train" | "validation",
  label: string,
): LineSeries {
  return {
    label,
    points: historyPoints(history, `${split}/reconstruction`),
  };
}
