/**
 * The stage that draws how long gradients are at each layer, during training.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GradientHistory, GradientKind } from "./place_norms.ts";
import { lineChart, type LineSeries } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";

/** Draws the norms of gradients of activations and of weights against weight updates, a line for each layer. */
export const drawGradients: Stage<
  {
    readonly gradients: readonly GradientHistory[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-gradients", {
  needs: ["gradients", "dataset"],
  adds: {},
}, async ({ gradients, dataset }, context) => {
  await context.artifacts.figure(
    await lineChart({
      name: "gradients",
      title: "Length of the loss's gradient at each layer during training",
      subtitle: subtitleOf(dataset, context),
      x: { title: "weight updates" },
      y: { title: "Euclidean norm", scale: "log" },
      palette: "sequential",
      panelRange: "own",
      thinning: "mean",
      series: gradients.flatMap((history) => [
        ...seriesOf(history, "activation"),
        ...seriesOf(history, "weights"),
      ]),
    }),
  );
  return {};
});

function seriesOf(
  { stack, layers, moments }: GradientHistory,
  kind: GradientKind,
): readonly LineSeries[] {
  const what = kind === "activation"
    ? "‖∂L/∂x‖ after each layer"
    : "‖∂L/∂W‖, all weights of a layer";
  const panel = stack === "" ? what : `${stack}: ${what}`;
  return Array.from({ length: layers }, (_, i) => ({
    label: `layer ${i + 1}`,
    panel,
    points: moments.map((moment) => ({
      x: moment.step,
      y: moment[kind][i + 1]!,
    })), // 1 + layers places
  }));
}
