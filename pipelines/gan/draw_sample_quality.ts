/**
 * The stage that draws how good samples are over training.
 * @module
 */
import { historyPoints } from "../charts/history_points.ts";
import { lineChart } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { Training } from "../training/training.ts";

const panels = {
  frechetDistance: "Fréchet distance to test images",
  classes: "Classes covered, of 10",
  klToUniform: "KL of classes to equal shares, nats",
  confidence: "Confidence of the classifier",
} as const;

/** Draws the Fréchet distance, the classes covered, their evenness and the classifier's confidence over epochs. */
export const drawSampleQuality: Stage<
  { readonly training: Training; readonly dataset: DatasetInfo },
  object
> = stage("draw-quality", {
  needs: ["training", "dataset"],
  adds: {},
}, async ({ training, dataset }, context) => {
  await context.artifacts.figure(
    await lineChart({
      name: "quality",
      title: "Samples in evaluation, from the same noise after each epoch",
      subtitle: subtitleOf(dataset, context),
      x: { title: "epochs" },
      y: { title: "" },
      panelRange: "own",
      series: Object.entries(panels).map(([name, panel]) => ({
        label: "samples",
        panel,
        points: historyPoints(training.history, `samples/${name}`, "epoch"),
      })),
    }),
  );
  return {};
});
