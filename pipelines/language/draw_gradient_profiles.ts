/**
 * The stage that draws norms against the number of the layer, at moments of training.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GradientHistory, GradientMoment } from "./place_norms.ts";
import { lineChart, type LineSeries } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";

/** Parts of the training after which a profile is drawn. */
const MOMENTS = [0, 1 / 4, 1 / 2, 1];

/** Draws norms of vectors, of their gradients and of those of weights against the number of the layer. */
export const drawGradientProfiles: Stage<
  {
    readonly gradients: readonly GradientHistory[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-gradient-profiles", {
  needs: ["gradients", "dataset"],
  adds: {},
}, async ({ gradients, dataset }, context) => {
  await context.artifacts.figure(
    await lineChart({
      name: "gradient_profiles",
      title: "From layer to layer: gradients and vectors",
      subtitle: subtitleOf(dataset, context),
      x: { title: "layer", whole: true },
      y: { title: "norm", scale: "log" },
      palette: "sequential",
      panelRange: "own",
      series: gradients.flatMap(profilesOf),
    }),
  );
  return {};
});

function profilesOf(
  { stack, moments }: GradientHistory,
): readonly LineSeries[] {
  const prefix = stack === "" ? "" : `${stack}: `;
  const chosen = MOMENTS.map((part) =>
    moments[Math.round(part * (moments.length - 1))]!
  );
  return [...new Set(chosen)].flatMap((moment) => {
    const series = (
      what: string,
      norms: GradientMoment["rms"],
      first: number,
    ) => ({
      label: `after ${moment.step} updates`,
      panel: prefix + what,
      points: norms.slice(first).map((y, i) => ({ x: first + i, y })),
    });
    return [
      series("‖∂L/∂x‖ after the layer", moment.activation, 0),
      series("‖∂L/∂W‖, weights of the layer", moment.weights, 1),
      series("root mean square of x", moment.rms, 0),
    ];
  });
}
