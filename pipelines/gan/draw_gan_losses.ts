/**
 * The stage that draws the losses of both players beside their values at equilibrium.
 * @module
 */
import { equilibrium } from "../../models/adversarial/adversarial_losses.ts";
import { historyPoints } from "../charts/history_points.ts";
import { lineChart, type LineSeries } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { Training } from "../training/training.ts";
import { type GanLosses, ganLosses } from "./gan_settings.ts";

const LOSSES = "Losses, in nats";
const PROBABILITIES = "Probabilities";

/** Draws both losses, and what D says of real and of fake images, with dashed lines where the densities are equal. */
export const drawGanLosses: Stage<
  Partial<GanLosses> & {
    readonly training: Training;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-losses", {
  needs: ["training", "dataset"],
  settings: ganLosses,
  adds: {},
}, async ({ training, dataset, smoothing, loss }, context) => {
  const { history } = training;
  const balanced = equilibrium(smoothing, loss);
  const line = (
    name: string,
    label: string,
    panel: string,
  ): LineSeries => ({
    label,
    panel,
    points: historyPoints(history, `train/${name}`, "epoch"),
  });
  await context.artifacts.figure(
    await lineChart({
      name: "losses",
      title: "Both players during training, and at equal densities",
      subtitle: `${
        subtitleOf(dataset, context)
      }; real images have target ${smoothing}; the generator's loss is ${loss}`,
      x: { title: "epochs" },
      y: { title: "" },
      panelRange: "own",
      series: [
        line("discriminatorLoss", "discriminator's loss", LOSSES),
        line("generatorLoss", "generator's loss", LOSSES),
        line("real", "D(x), real", PROBABILITIES),
        line("fake", "D(G(z)), before D's update", PROBABILITIES),
        line("fakeAfter", "D(G(z)), after it", PROBABILITIES),
      ],
      rules: [
        rule(balanced.discriminatorLoss, LOSSES),
        rule(balanced.generatorLoss, LOSSES),
        rule(balanced.discriminator, PROBABILITIES),
      ],
    }),
  );
  return {};
});

function rule(y: number, panel: string) {
  return { y, panel, label: `at equal densities ${y.toFixed(3)}` };
}
