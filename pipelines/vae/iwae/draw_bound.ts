/**
 * The stage that draws a bound of several samples over training.
 * @module
 */
import type { BoundKind } from "../../../models/objectives/sampled_bound.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { Training } from "../../training/training.ts";
import { publishedBound } from "./published_bound.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import { historyPoints } from "../../charts/history_points.ts";

/** Nats below the highest value that a figure shows; the first updates begin hundreds lower. */
const SHOWN = 40;

/** Draws the bound against epochs, for training and validation, beside the published log p(x) of MNIST. */
export const drawBound: Stage<
  {
    readonly training: Training;
    readonly objective: BoundKind;
    readonly samples: number;
    readonly latentLayers: number;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-bound", {
  needs: ["training", "objective", "samples", "latentLayers", "dataset"],
  adds: {},
}, async ({ training, objective, samples, latentLayers, dataset }, context) => {
  const published = dataset.name === "mnist"
    ? publishedBound(objective, samples, latentLayers)?.logLikelihood
    : undefined;
  const series = [
    seriesOf(training, "train", "training"),
    seriesOf(training, "validation", "validation"),
  ];
  const highest = Math.max(
    ...series.flatMap(({ points }) => points.map(({ y }) => y)),
  );
  await context.artifacts.figure(
    await lineChart({
      name: "bound",
      title: `The bound of ${samples} sample${
        samples === 1 ? "" : "s"
      } during training`,
      subtitle: `${
        subtitleOf(dataset, context)
      }; values ${SHOWN} nats and more below the highest are left out`,
      x: { title: "epochs", scale: "log" },
      y: { title: `${objective.toUpperCase()} bound, nats per image` },
      series: series.map((one) => ({
        ...one,
        points: one.points.filter(({ y }) => y > highest - SHOWN),
      })),
      rules: published === undefined ? [] : [{
        y: published,
        label: "log p(x) of Burda et al. 2016, whole schedule",
      }],
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
    points: historyPoints(history, `${split}/bound`, "epoch")
      .filter(({ x }) => x > 0),
  };
}
