/**
 * The stage that draws vectors and gradients of untrained models.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { InitialKind, InitialNorms } from "./norm_study_entries.ts";
import { fitLine } from "../../statistics/fit_line.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import {
  depthExponent,
  initialsOf,
  ratioOf,
  type StackName,
  stacks,
  stackTitles,
} from "./study_statistics.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { Point } from "../../charts/thin_points.ts";

type Untrained = readonly InitialKind[];

const normalizations = ["pre", "post"] as const;

/** Draws norms of untrained models against depth, from layer to layer, and from the first to the last. */
export const drawInitialNorms: Stage<
  { readonly untrained: readonly InitialKind[]; readonly dataset: DatasetInfo },
  object
> = stage("draw-untrained", {
  needs: ["untrained", "dataset"],
  adds: {},
}, async ({ untrained, dataset }, context) => {
  const subtitle = subtitleOf(dataset, context);
  const log = { scale: "log" } as const;
  const isFitted = new Set(untrained.map(({ layers }) => layers)).size > 1;
  if (isFitted) {
    await context.artifacts.figure(
      await lineChart({
        name: "untrained_depth",
        title:
          "Untrained: the last layer's gradient against depth, with fitted powers (pre-norm, post-norm)",
        subtitle,
        x: { title: "layers L", ...log },
        y: { title: "‖∂L/∂W‖ of the last layer", ...log },
        panelRange: "own",
        series: stacks.flatMap((stack) => depthSeries(untrained, stack)),
      }),
    );
    await context.artifacts.figure(
      await lineChart({
        name: "untrained_ratio",
        title: "Untrained: gradient at the last layer over that at the first",
        subtitle,
        x: { title: "layers L", ...log },
        y: { title: "last / first", ...log },
        panelRange: "own",
        series: (["activation", "weights"] as const).flatMap((gradient) =>
          stacks.flatMap((stack) => ratioSeries(untrained, stack, gradient))
        ),
        rules: [{ y: 1, label: "flat" }],
      }),
    );
  }
  await context.artifacts.figure(
    await lineChart({
      name: "untrained_layers",
      title: "Untrained: from layer to layer of the deepest models",
      subtitle,
      x: { title: "layer", whole: true },
      y: { title: "norm", ...log },
      panelRange: "own",
      series: stacks.flatMap((stack) => layerSeries(untrained, stack)),
    }),
  );
  return {};
});

function depthSeries(
  untrained: Untrained,
  stack: StackName,
): readonly LineSeries[] {
  return normalizations.flatMap((normalization) => {
    const initials = initialsOf(untrained, stack, normalization);
    const points = initials.map(({ layers, draws }) =>
      pointOf(layers, draws.map(({ weights }) => weights.at(-1)!))
    );
    const fit = fitLine(
      points.map(({ x }) => Math.log(x)),
      points.map(({ y }) => Math.log(y)),
    );
    const panel = panelOf(stack, untrained);
    return [
      { label: `${normalization}-norm`, panel, points },
      {
        label: `${normalization}-norm, fit`,
        colorOf: `${normalization}-norm`,
        panel,
        dash: "dashed" as const,
        points: points.map(({ x }) => ({
          x,
          y: Math.exp(fit.intercept + fit.slope * Math.log(x)),
        })),
      },
    ];
  });
}

/** The name of a stack with the exponents of its two kinds. */
function panelOf(stack: StackName, untrained: Untrained): string {
  const [pre, post] = normalizations.map((normalization) => {
    const { mean, standardError } = depthExponent(
      initialsOf(untrained, stack, normalization),
      "weights",
    );
    const error = standardError > 0 ? `±${standardError.toFixed(2)}` : "";
    return `L^(${mean.toFixed(2)}${error})`;
  });
  return `${stackTitles[stack]}: ${pre}, ${post}`.replaceAll("-", "−");
}

function ratioSeries(
  untrained: Untrained,
  stack: StackName,
  gradient: "activation" | "weights",
): readonly LineSeries[] {
  const what = gradient === "activation" ? "‖∂L/∂x‖" : "‖∂L/∂W‖";
  return normalizations.flatMap((normalization) => {
    const initials = initialsOf(untrained, stack, normalization);
    return initials.length === 0 ? [] : [{
      label: `${normalization}-norm`,
      panel: `${stackTitles[stack]}, ${what}`,
      points: initials.map(({ layers, draws }) => {
        const { mean, standardError } = ratioOf(draws, gradient);
        const factor = Math.exp(2 * standardError / mean);
        return {
          x: layers,
          y: mean,
          lower: mean / factor,
          upper: mean * factor,
        };
      }),
    }];
  });
}

function layerSeries(
  untrained: Untrained,
  stack: StackName,
): readonly LineSeries[] {
  const what = {
    activation: "‖∂L/∂x‖",
    weights: "‖∂L/∂W‖",
    rms: "root mean square of x",
  } as const;
  return (["activation", "weights", "rms"] as const).flatMap((norm) =>
    normalizations.flatMap((normalization) => {
      const deepest = initialsOf(untrained, stack, normalization).at(-1);
      return deepest === undefined ? [] : [{
        label: `${normalization}-norm`,
        panel: `${stackTitles[stack]}, ${what[norm]}`,
        points: pointsOf(deepest, norm),
      }];
    })
  );
}

function pointsOf(
  { layers, draws }: InitialNorms,
  norm: "activation" | "weights" | "rms",
): readonly Point[] {
  return Array.from(
    { length: layers },
    (_, i) => pointOf(i + 1, draws.map((norms) => norms[norm][i + 1]!)),
  );
}

/** A mean with two standard errors about it. */
function pointOf(x: number, values: readonly number[]): Point {
  const { mean, standardError } = meanAndError(values);
  const lower = mean - 2 * standardError;
  return {
    x,
    y: mean,
    lower: lower > 0 ? lower : mean,
    upper: mean + 2 * standardError,
  };
}
