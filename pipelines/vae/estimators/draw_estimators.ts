/**
 * The stage that draws estimators of log p(x) against their size, their cost and the latent dimension.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { twoErrorsAbout } from "../../statistics/mean_and_error.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { EstimatePoint, Estimates, EstimatorName } from "./estimates.ts";
import { intervalChart } from "../../charts/interval_chart.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";

const LABELS: Readonly<Record<EstimatorName, string>> = {
  prior: "samples of the prior",
  encoder: "samples of the encoder",
  annealing: "annealed chains",
};

/** Draws bounds and errors by cost for each model, both bounds of simulated images, and what changes with the latents. */
export const drawEstimators: Stage<
  { readonly models: readonly Estimates[]; readonly dataset: DatasetInfo },
  object
> = stage("draw", {
  needs: ["models", "dataset"],
  adds: {},
}, async ({ models, dataset }, context) => {
  for (const model of models) {
    const suffix = models.length === 1 ? "" : `_latent${model.latent}`;
    await drawModel(model, { suffix, dataset }, context);
  }
  if (models.length > 1) await drawLatentSweep(models, dataset, context);
  return {};
});

async function drawModel(
  model: Estimates,
  { suffix, dataset }: {
    readonly suffix: string;
    readonly dataset: DatasetInfo;
  },
  context: RunContext,
): Promise<void> {
  const { latent, images, points, truth } = model;
  const subtitle = `${
    subtitleOf(dataset, context)
  }; latent dimension ${latent}, ${images} test images`;
  const domain = boundsDomain(points.map(({ bound }) => bound), truth);
  await context.artifacts.figure(
    await lineChart({
      name: `bounds${suffix}`,
      title: "Lower bounds of log p(x) by their cost",
      subtitle: [subtitle, ...namesBelow(points, domain[0])].join("; "),
      x: { title: "decoder evaluations of an image", scale: "log" },
      y: {
        title: "nats per image",
        domain,
      },
      series: linesOf(points, (point) => point.bound),
      ...truth === undefined
        ? {}
        : { rules: [{ y: truth, label: "quadrature" }] },
    }),
  );
  if (truth !== undefined) {
    await context.artifacts.figure(
      await lineChart({
        name: `errors${suffix}`,
        title: "Errors of single estimates, and what 1/√S predicts",
        subtitle,
        x: { title: "decoder evaluations of an image", scale: "log" },
        y: { title: "root mean square error, nats", scale: "log" },
        series: [
          ...inPanels("measured", points, (point) => point.error ?? NaN),
          ...inPanels(
            "predicted from the weights",
            points,
            (point) => point.predictedError,
          )
            .map((line): LineSeries => ({ ...line, dash: "dotted" })),
        ],
      }),
    );
  }
  await drawSandwich(model, suffix, dataset, context);
}

/** Both bounds of simulated images, as distances from quadrature where there is one. */
async function drawSandwich(
  { sandwich, latent, images }: Estimates,
  suffix: string,
  dataset: DatasetInfo,
  context: RunContext,
): Promise<void> {
  const { lower, upper, truth } = sandwich;
  const rows = truth
    ? ([["annealing up", truth.lower], [
      "annealing down",
      truth.upper,
    ]] as const)
      .map(([label, found]) => ({
        label,
        value: found.mean,
        ...twoErrorsAbout(found),
      }))
    : [
      { label: "annealing up", value: lower },
      { label: "annealing down", value: upper },
    ];
  await context.artifacts.figure(
    await intervalChart({
      name: `sandwich${suffix}`,
      title:
        "Bounds of log p(x) from both sides, on images drawn from the model",
      subtitle: `${
        subtitleOf(dataset, context)
      }; latent dimension ${latent}, ${images} images`,
      x: {
        title: truth
          ? "bound less quadrature, nats per image"
          : "nats per image",
      },
      rows: truth
        ? [rows[0]!, { label: "quadrature", value: 0 }, rows[1]!] // two bounds
        : rows,
      ...truth ? { interval: "± 2 standard errors over images" } : {},
      decimals: 4,
    }),
  );
}

async function drawLatentSweep(
  models: readonly Estimates[],
  dataset: DatasetInfo,
  context: RunContext,
): Promise<void> {
  const names = ["prior", "encoder", "annealing"] as const;
  const panels: readonly (readonly [
    string,
    (point: EstimatePoint) => number,
  ])[] = [
    ["log p(x), nats per image", (point) => point.bound],
    [
      "Effective sample size, log₁₀",
      (point) => Math.log10(point.effectiveSampleSize),
    ],
  ];
  await context.artifacts.figure(
    await lineChart({
      name: "latent_sweep",
      title:
        "Estimators against the latent dimension, each at its greatest cost",
      subtitle: subtitleOf(dataset, context),
      x: { title: "latent dimension", scale: "log" },
      y: { title: "" },
      panelRange: "own",
      series: panels.flatMap(([panel, pick]) =>
        names.map((name): LineSeries => ({
          label: LABELS[name],
          panel,
          points: models.map((model) => ({
            x: model.latent,
            y: pick(
              model.points.findLast((point) => point.estimator === name)!, // each has a point
            ),
          })),
        }))
      ),
    }),
  );
}

function linesOf(
  points: readonly EstimatePoint[],
  pick: (point: EstimatePoint) => number,
): LineSeries[] {
  const groups = Map.groupBy(points, ({ estimator }) => estimator);
  return [...groups].map(([name, own]) => ({
    label: LABELS[name],
    points: own.map((point) => ({ x: point.evaluations, y: pick(point) })),
  }));
}

/** A panel for each estimator. */
function inPanels(
  label: string,
  points: readonly EstimatePoint[],
  pick: (point: EstimatePoint) => number,
): LineSeries[] {
  return linesOf(points, pick).map((line) => ({
    ...line,
    label,
    panel: line.label,
  }));
}

/** Says which estimators lie wholly below the axis, and how far. */
function namesBelow(
  points: readonly EstimatePoint[],
  bottom: number,
): readonly string[] {
  const groups = Map.groupBy(points, ({ estimator }) => estimator);
  return [...groups].flatMap(([name, own]) => {
    const best = Math.max(...own.map(({ bound }) => bound));
    return best >= bottom
      ? []
      : [`off the axis: ${name} ≤ ${best.toFixed(1).replace("-", "−")}`];
  });
}

/** From the better half of the bounds to a little above the best: bounds of one sample may lie hundreds of nats below. */
function boundsDomain(
  bounds: readonly number[],
  truth = -Infinity,
): readonly [number, number] {
  const sorted = [...bounds].sort((a, b) => a - b);
  const top = Math.max(truth, sorted.at(-1)!); // there are bounds
  const middle = sorted[Math.floor(sorted.length / 2)]!; // as above
  const span = Math.max(1, 4 * (top - middle));
  return [top - span, top + span / 20];
}
