/**
 * The stage that draws the singular values of the derivatives of layers.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { JacobianKind, LayerJacobian } from "./norm_study_entries.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";

/** Draws the largest and smallest singular values of dx_l / dx_{l-1} against the layer. */
export const drawJacobians: Stage<
  {
    readonly derivatives: readonly JacobianKind[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-derivatives", {
  needs: ["derivatives", "dataset"],
  adds: {},
}, async ({ derivatives, dataset }, context) => {
  await context.artifacts.figure(
    await lineChart({
      name: "untrained_derivatives",
      title:
        "Untrained: singular values of ∂x(l) / ∂x(l−1), layers of attention",
      subtitle: subtitleOf(dataset, context),
      x: { title: "layer l", whole: true },
      y: { title: "singular value", scale: "log" },
      series: derivatives.flatMap(seriesOf),
      rules: [{ y: 1, label: "the identity" }],
    }),
  );
  return {};
});

/** Without the two directions of each vector that a norm on the path takes away. */
const names = {
  largest: "largest",
  smallestKept: "smallest (but for the directions that a norm takes away)",
} as const satisfies Partial<Record<keyof LayerJacobian, string>>;

function seriesOf(
  { normalization, jacobians }: JacobianKind,
): readonly LineSeries[] {
  const byLayer = [...Map.groupBy(jacobians, ({ layer }) => layer)];
  const panel = normalization === "pre"
    ? "pre-norm: 1 + (dA/dy)(dy/dx), y = norm(x)"
    : "post-norm: (dnorm/dy)(1 + dA/dx), y = x + A(x)";
  const entries = Object.entries(names) as [
    keyof LayerJacobian,
    string,
  ][]; // `entries` widens the names
  return entries.map(([name, label]) => ({
    label,
    panel,
    points: byLayer.map(([layer, own]) => {
      const logs = own.map((one) => Math.log(one[name]));
      const { mean, standardError } = meanAndError(logs);
      return {
        x: layer,
        y: Math.exp(mean),
        lower: Math.exp(mean - 2 * standardError),
        upper: Math.exp(mean + 2 * standardError),
      };
    }),
  }));
}
