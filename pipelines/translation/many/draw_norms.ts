/**
 * The stage that draws gradients after each layer while transformers learn.
 * @module
 */
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { NormMoment } from "./fit_transformer.ts";
import type { NormHistory } from "./follow_norms.ts";
import { lastOverFirst, type LayerNorms } from "./layer_probes.ts";
import type { ManyResults } from "./many_cases.ts";

const STACKS: readonly (keyof LayerNorms)[] = ["encoder", "decoder"];

/** Draws the gradient after each layer of each kind of model, last over first, and those of the model of all directions. */
export const drawNorms: Stage<
  {
    readonly results: ManyResults;
    readonly normHistories: readonly NormHistory[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-norms", {
  needs: ["results", "normHistories", "dataset"],
  adds: {},
}, async ({ results, normHistories, dataset }, context) => {
  const { artifacts } = context;
  const heading = {
    subtitle: subtitleOf(dataset, context),
    x: { title: "weight updates" },
    thinning: "mean",
  } as const;
  const norm = { title: "‖∂L/∂output‖", scale: "log" } as const;
  for (const stack of STACKS) {
    await artifacts.figure(
      await lineChart({
        ...heading,
        name: `norm-gradients-${stack}`,
        title: `Gradient after each layer of the ${stack}, while models learn`,
        y: norm,
        palette: "sequential",
        series: normHistories.flatMap(({ normalization, layers, moments }) =>
          layersOf(
            moments,
            stack,
            `${normalization}-norm, ${layers} layers`,
          )
        ),
      }),
    );
  }
  await artifacts.figure(
    await lineChart({
      ...heading,
      name: "norm-ratios",
      title: "Gradient after the last layer over that after the first",
      y: { title: "last over first", scale: "log" },
      series: normHistories.flatMap(({ normalization, layers, moments }) =>
        STACKS.map((stack) => ({
          label: `${normalization}-norm, ${layers} layers`,
          panel: stack,
          points: moments.map((moment) => ({
            x: moment.step,
            y: lastOverFirst(moment[stack]),
          })),
        }))
      ),
      rules: [{ y: 1, label: "equal" }],
    }),
  );
  await artifacts.figure(
    await lineChart({
      ...heading,
      name: "gradients",
      title: "Gradient after each layer, model of all directions",
      y: norm,
      palette: "sequential",
      series: STACKS.flatMap((stack) =>
        layersOf(results.all.moments, stack, stack)
      ),
    }),
  );
  return {};
});

function layersOf(
  moments: readonly NormMoment[],
  stack: keyof LayerNorms,
  panel: string,
): readonly LineSeries[] {
  const layers = moments[0]?.[stack].length ?? 0;
  return Array.from({ length: layers }, (_, i) => ({
    label: `layer ${i + 1}`,
    panel,
    points: moments.map((moment) => ({ x: moment.step, y: moment[stack][i]! })), // as many in each
  }));
}
