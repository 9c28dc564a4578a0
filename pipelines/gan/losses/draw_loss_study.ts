/**
 * The stage that draws the study of both generator losses.
 * @module
 */
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { FigureFiles, RunContext } from "../../core/context.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import { balancedMeans } from "./balanced_means.ts";
import { frozenMeans } from "./frozen_means.ts";
import { type LossStudy, lossStudyNames } from "./loss_study.ts";

const SATURATING = "log(1 − D), saturating";
const OTHER = "−log D, non-saturating";

/** Draws gradients against a frozen generator, exact slopes of Gaussians, optimal discriminators, and balanced training. */
export const drawGanLossStudy: Stage<LossStudy, object> = stage("draw", {
  needs: lossStudyNames,
  adds: {},
}, async (study, context) => {
  const figures = [
    drawFrozen(study, context),
    drawSlopes(study, context),
    drawDiscriminators(study, context),
    drawBalanced(study, context),
  ];
  for (const figure of figures) await context.artifacts.figure(await figure);
  return {};
});

function drawFrozen(
  { frozenRuns, dataset }: LossStudy,
  context: RunContext,
): Promise<FigureFiles> {
  const means = frozenMeans(frozenRuns).filter(({ updates }) => updates > 0);
  const line = (
    label: string,
    panel: string,
    pick: (one: typeof means[number]) => MeanAndError,
    dash: LineSeries["dash"] = "solid",
  ): LineSeries => ({
    label,
    panel,
    dash,
    points: means.map((one) => ({ x: one.updates, ...around(pick(one)) })),
  });
  const gradients = "Norm of the generator's gradient";
  const ratio = "Ratio of the two norms";
  return lineChart({
    name: "frozen_generator",
    title: "The generator's gradient while D learns alone",
    subtitle: `${
      subtitleOf(dataset, context)
    }; mean of ${frozenRuns.length} seeds, bands ± a standard error`,
    x: { title: "updates of D", scale: "log" },
    y: { title: "", scale: "log" },
    panelRange: "own",
    series: [
      line(SATURATING, gradients, ({ saturating }) => saturating),
      line(OTHER, gradients, ({ nonSaturating }) => nonSaturating),
      line("measured", ratio, ({ ratio }) => ratio),
      line(
        "(1 − D) / D of the mean D(G(z))",
        ratio,
        ({ predictedRatio }) => predictedRatio,
        "dashed",
      ),
    ],
  });
}

function drawSlopes(
  { slopes }: LossStudy,
  { path }: RunContext,
): Promise<FigureFiles> {
  return lineChart({
    name: "gaussian_slopes",
    title: "Slope of the generator's loss in its mean, D being optimal",
    subtitle: `${path[0]}: p = N(0, 1), q = N(m, 1), exact`,
    x: { title: "distance m of the means" },
    y: { title: "nats per unit of m", scale: "log" },
    series: [
      {
        label: SATURATING,
        points: slopes.map(({ shift, saturating }) => ({
          x: shift,
          y: saturating,
        })),
      },
      {
        label: OTHER,
        points: slopes.map(({ shift, nonSaturating }) => ({
          x: shift,
          y: nonSaturating,
        })),
      },
    ],
  });
}

function drawDiscriminators(
  { gaussians }: LossStudy,
  { path }: RunContext,
): Promise<FigureFiles> {
  return lineChart({
    name: "optimal_discriminators",
    title: "Learned discriminators, and the optimal D = a p / (p + q)",
    subtitle: `${path[0]}: p = N(0, 1); a is the target of real points`,
    x: { title: "x" },
    y: { title: "D(x)" },
    series: gaussians.flatMap(({ title, curve }): LineSeries[] => [
      {
        label: "optimal",
        panel: title,
        points: curve.map(({ x, exact }) => ({ x, y: exact })),
      },
      {
        label: "learned",
        panel: title,
        dash: "dashed",
        points: curve.map(({ x, learned }) => ({ x, y: learned })),
      },
    ]),
  });
}

function drawBalanced(
  { balancedRuns, dataset }: LossStudy,
  context: RunContext,
): Promise<FigureFiles> {
  const panels = {
    "samples/frechetDistance": "Fréchet distance to test images",
    "train/gradientNorm": "Norm of the generator's gradient",
    "train/fake": "D(G(z))",
  };
  const seeds = balancedRuns.length / 2; // for each of two losses
  return lineChart({
    name: "balanced_training",
    title: "Both losses where the players learn in turn",
    subtitle: `${
      subtitleOf(dataset, context)
    }; mean of ${seeds} seeds, bands ± a standard error`,
    x: { title: "epochs" },
    y: { title: "" },
    panelRange: "own",
    series: Object.entries(panels).flatMap(([name, panel]): LineSeries[] =>
      (["saturating", "non-saturating"] as const).map((loss) => ({
        label: loss === "saturating" ? SATURATING : OTHER,
        panel,
        points: balancedMeans(balancedRuns, loss, name)
          .filter(({ epoch }) => epoch > 0)
          .map((one) => ({ x: one.epoch, ...around(one) })),
      }))
    ),
  });
}

function around({ mean, standardError }: MeanAndError) {
  return !(standardError > 0) ? { y: mean } : {
    y: mean,
    lower: mean - standardError,
    upper: mean + standardError,
  };
}
