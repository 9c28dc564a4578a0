/**
 * The stage that draws the loss of a language model over training.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { SequenceModel } from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import type { Training } from "../training/training.ts";
import { lineChart } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import { historyPoints } from "../charts/history_points.ts";
import { floorOf } from "./loss_floor.ts";

/** Draws training and validation loss against weight updates, above what no model can be below. */
export const drawTextLoss: Stage<
  {
    readonly training: Training;
    readonly dataset: DatasetInfo;
    readonly model: SequenceModel;
    readonly text: CharacterText;
  },
  object
> = stage("draw-loss", {
  needs: ["training", "dataset", "model", "text"],
  adds: {},
}, async ({ training, dataset, model, text }, context) => {
  const pointsOf = (name: string) => historyPoints(training.history, name);
  await context.artifacts.figure(
    await lineChart({
      name: "loss",
      title: "Loss during training",
      subtitle: subtitleOf(dataset, context),
      x: { title: "weight updates" },
      y: { title: "nats per character" },
      series: [
        { label: "training", points: pointsOf("train/loss") },
        { label: "validation", points: pointsOf("validation/loss") },
      ],
      rules: floorOf(model.kind, text),
    }),
  );
  return {};
});
