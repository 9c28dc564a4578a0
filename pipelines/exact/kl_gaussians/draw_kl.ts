/**
 * The stage that draws closed forms of the divergence beside samples.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { KlComparison } from "./normal_pairs.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";

/** Draws the divergence against the separation, and the estimates as parts of it. */
export const drawKl: Stage<
  { readonly comparisons: readonly KlComparison[]; readonly samples: number },
  object
> = stage("draw", {
  needs: ["comparisons", "samples"],
  adds: {},
}, async ({ comparisons, samples }, { artifacts, path }) => {
  const subtitle = subtitleOf(samples, path);
  await artifacts.figure(
    await lineChart({
      name: "kl",
      title: "KL(q ‖ p) of normal distributions, by formula and by samples",
      subtitle,
      x: { title: "separation", scale: "log" },
      y: { title: "KL(q ‖ p), nats", scale: "log" },
      series: byPanel(comparisons).flatMap(valueSeries),
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "kl_ratio",
      title: "Which mean to trust: estimates as parts of the closed form",
      subtitle,
      x: { title: "KL(q ‖ p) in closed form, nats", scale: "log" },
      y: { title: "estimate / closed form", domain: [0, 2] },
      series: byPanel(comparisons).flatMap(ratioSeries),
      rules: [{ y: 1, label: "closed form" }],
    }),
  );
  return {};
});

function subtitleOf(samples: number, path: RunContext["path"]): string {
  return `${path[0]}: ${
    samples.toLocaleString("en")
  } samples of q; bands: ± 2 standard errors`;
}

/** The comparisons of one kind of pair. */
interface Panel {
  readonly panel: string;
  readonly comparisons: readonly KlComparison[];
}

function byPanel(comparisons: readonly KlComparison[]): readonly Panel[] {
  const kinds = Map.groupBy(comparisons, ({ pair }) => pair.kind);
  return [...kinds].map(([kind, comparisons]) => {
    const size = comparisons[0]!.pair.q.mean.length; // a group has a member
    const panel = kind === "univariate" ? kind : `${kind}, ${size} dimensions`;
    return { panel, comparisons };
  });
}

const MEANS = { plain: "mean log ratio", controlled: "with control variate" };
const NAMES = ["plain", "controlled"] as const;

function valueSeries({ panel, comparisons }: Panel): LineSeries[] {
  const closedForm: LineSeries = {
    panel,
    label: "closed form",
    stroke: "broad",
    points: comparisons.map(({ pair, closedForm }) => ({
      x: pair.separation,
      y: closedForm,
    })),
  };
  const sampled = NAMES.map((name): LineSeries => ({
    panel,
    label: MEANS[name],
    dash: name === "plain" ? "solid" : "dashed",
    points: comparisons.map((one) => {
      const { mean, standardError } = one[name];
      const [lower, upper] = [
        mean - 2 * standardError,
        mean + 2 * standardError,
      ];
      return { x: one.pair.separation, y: mean, lower, upper };
    }),
  }));
  return [closedForm, ...sampled];
}

function ratioSeries({ panel, comparisons }: Panel): LineSeries[] {
  return NAMES.map((name) => ({
    panel,
    label: MEANS[name],
    points: comparisons.map((one) => {
      const { mean, standardError } = one[name];
      const { closedForm } = one;
      return {
        x: closedForm,
        y: mean / closedForm,
        lower: (mean - 2 * standardError) / closedForm,
        upper: (mean + 2 * standardError) / closedForm,
      };
    }),
  }));
}
