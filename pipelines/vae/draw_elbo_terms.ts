/**
 * The stage that draws the bound and both of its terms over training.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { Training } from "../training/training.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import { historyPoints } from "../charts/history_points.ts";
import { lineChart, type LineSeries } from "../charts/line_chart.ts";

/** Draws the ELBO, reconstruction and KL against weight updates, for training and validation. */
export const drawElboTerms: Stage<
  { readonly training: Training; readonly dataset: DatasetInfo },
  object
> = stage("draw-elbo-terms", {
  needs: ["training", "dataset"],
  adds: {},
}, async ({ training, dataset }, context) => {
  await context.artifacts.figure(
    await lineChart({
      name: "elbo_terms",
      title: "The ELBO and its two terms during training",
      subtitle: subtitleOf(dataset, context),
      x: { title: "weight updates", scale: "log" },
      y: { title: "nats per image" },
      panelRange: "own",
      series: [
        ...seriesOf(training, "elbo", "ELBO"),
        ...seriesOf(training, "reconstruction", "Reconstruction E[log p(x|z)]"),
        ...seriesOf(training, "kl", "KL(q(z|x) ‖ p(z))"),
      ],
    }),
  );
  return {};
});

function seriesOf(
  { history }: Training,
  term: "elbo" | "reconstruction" | "kl",
  panel: string,
): LineSeries[] {
  return (["train", "validation"] as const).map((split) => ({
    label: split === "train" ? "training" : "validation",
    panel,
    points: historyPoints(history, `${split}/${term}`),
  }));
}
