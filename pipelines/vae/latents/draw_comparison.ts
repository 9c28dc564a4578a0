/**
 * The stage that draws several runs against the length of their latent vectors, and over training.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { FinishedRun } from "./finished_run.ts";
import type { ComparedRuns } from "./group_runs.ts";
import {
  meanAndError,
  twoErrorsAbout,
} from "../../statistics/mean_and_error.ts";
import { intervalChart } from "../../charts/interval_chart.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { Point } from "../../charts/thin_points.ts";

/** What is drawn against the latent dimension, and over training. */
const PANELS = {
  reconstruction: "Reconstruction E[log p(x|z)]",
  kl: "KL(q(z|x) ‖ p(z))",
} as const;

const ACTIVE_UNITS = "Active units";

/** Draws test terms against the latent dimension, validation terms over training, and log p(x) side by side. */
export const drawComparison: Stage<
  {
    readonly comparison: readonly ComparedRuns[];
    readonly swept: readonly FinishedRun[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-comparison", {
  needs: ["comparison", "swept", "dataset"],
  adds: {},
}, async ({ comparison, swept, dataset }, context) => {
  const isSwept = new Set(swept.map(({ label }) => label));
  const sweep = comparison.filter(({ label }) => isSwept.has(label));
  const errors = comparison.some(({ seeds }) => seeds > 1)
    ? "± 2 standard errors over seeds"
    : undefined;
  const { figure } = context.artifacts;
  const subtitle = subtitleOf(dataset, context);
  await figure(
    await lineChart({
      name: "latent_dimensions",
      title: "Test measurements against the length of the latent vectors",
      subtitle: errors ? `${subtitle}; bands: ${errors}` : subtitle,
      x: { title: "latent dimensions", scale: "log" },
      y: { title: "nats per image" },
      yTitles: { [ACTIVE_UNITS]: "units" },
      panelRange: "own",
      series: [
        seriesAgainst(sweep, "reconstruction", PANELS.reconstruction),
        seriesAgainst(sweep, "kl", PANELS.kl),
        seriesAgainst(sweep, "logLikelihood", "log p(x)"),
        seriesAgainst(sweep, "activeUnits", ACTIVE_UNITS),
      ],
    }),
  );
  await figure(
    await lineChart({
      name: "training",
      title: "Validation terms during training",
      subtitle,
      x: { title: "epochs" },
      y: { title: "nats per image" },
      panelRange: "own",
      palette: "sequential",
      series: comparison.flatMap((group) => [
        seriesOver(group, "reconstruction"),
        seriesOver(group, "kl"),
      ]),
    }),
  );
  await figure(
    await intervalChart({
      name: "log_likelihood",
      title: "Test log p(x), runs side by side",
      subtitle,
      x: { title: "log p(x), nats per image" },
      ...(errors ? { interval: errors } : {}),
      rows: comparison.flatMap(({ label, numbers }) => {
        const found = numbers["test/logLikelihood"];
        if (found === undefined) return [];
        return [{ label, value: found.mean, ...twoErrorsAbout(found) }];
      }),
    }),
  );
  return {};
});

function seriesAgainst(
  comparison: readonly ComparedRuns[],
  name: string,
  panel: string,
): LineSeries {
  const points = comparison.flatMap(({ numbers, runs }): Point[] => {
    const found = numbers[`test/${name}`];
    const latent = runs[0]?.config["latent"];
    if (found === undefined || typeof latent !== "number") return [];
    return [{ x: latent, y: found.mean, ...twoErrorsAbout(found) }];
  });
  return { label: "test", panel, points };
}

function seriesOver(
  { label, runs }: ComparedRuns,
  term: keyof typeof PANELS,
): LineSeries {
  return { label, panel: PANELS[term], points: meanHistory(runs, term) };
}

/** The mean over seeds at each epoch after the first update that all runs validated at. */
function meanHistory(
  runs: readonly FinishedRun[],
  term: keyof typeof PANELS,
): Point[] {
  const byEpoch = new Map<number, number[]>();
  for (const { history } of runs) {
    for (const { epoch, values } of history) {
      const y = values[`validation/${term}`];
      if (y === undefined || epoch === 0) continue;
      byEpoch.set(epoch, [...byEpoch.get(epoch) ?? [], y]);
    }
  }
  return [...byEpoch].filter(([, values]) => values.length === runs.length)
    .map(([x, values]) => ({ x, y: meanAndError(values).mean }));
}
