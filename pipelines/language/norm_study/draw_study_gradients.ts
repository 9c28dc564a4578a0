/**
 * The stage that draws the gradients of the kinds of models of a study.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { TrainedKind } from "./norm_study_entries.ts";
import type { GradientKind } from "../place_norms.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import { kindTitle } from "./kind_title.ts";

const titles = {
  activation: "Gradient after each layer, ‖∂L/∂x‖, during training",
  weights: "Gradient of each layer's weights, ‖∂L/∂W‖, during training",
} as const satisfies Record<GradientKind, string>;

/** Draws the norm of the gradient at each layer against weight updates, a panel for each kind of model. */
export const drawStudyGradients: Stage<
  {
    readonly trained: readonly TrainedKind[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-gradients", {
  needs: ["trained", "dataset"],
  adds: {},
}, async ({ trained, dataset }, context) => {
  for (const gradient of ["activation", "weights"] as const) {
    await context.artifacts.figure(
      await lineChart({
        name: `study_gradients_${gradient}`,
        title: `${titles[gradient]}: geometric means over seeds`,
        subtitle: subtitleOf(dataset, context),
        x: { title: "weight updates" },
        y: { title: "Euclidean norm", scale: "log" },
        palette: "sequential",
        thinning: "mean",
        series: trained.flatMap((kind) => layersOf(kind, gradient)),
      }),
    );
  }
  return {};
});

/** Layers of the last stack: that of a causal model, or the decoder. */
function layersOf(
  kind: TrainedKind,
  gradient: GradientKind,
): readonly LineSeries[] {
  const histories = kind.runs.flatMap(({ gradients }) =>
    gradients.at(-1) ?? []
  );
  const moments = histories.flatMap(({ moments }) => moments);
  const bySteps = [...Map.groupBy(moments, ({ step }) => step)];
  return Array.from({ length: kind.layers }, (_, i) => ({
    label: `layer ${i + 1}`,
    panel: kindTitle(kind),
    points: bySteps.map(([step, own]) => {
      const logs = own.map((moment) => Math.log(moment[gradient][i + 1]!)); // 1 + layers places
      return { x: step, y: Math.exp(meanAndError(logs).mean) };
    }),
  }));
}
