/**
 * The stage that draws log p(x), the bound and the gap between them over training.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { GapHistory, GapPoint } from "./elbo_gap_entries.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";

/** Draws both models, each with its likelihood, its bound and its gap. */
export const drawElboGap: Stage<
  {
    readonly vaeGap: GapHistory;
    readonly linearGap: GapHistory;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["vaeGap", "linearGap", "dataset"],
  adds: {},
}, async ({ vaeGap, linearGap, dataset }, context) => {
  await draw(vaeGap, {
    name: "vae_gap",
    title: "Pushing the bound of a VAE up",
    subtitle: `${
      subtitleOf(dataset, context)
    }; log p(x) and KL by quadrature, ELBO by samples`,
  }, context);
  await draw(linearGap, {
    name: "linear_gap",
    title: "Pushing the bound of a linear model up",
    subtitle: `${
      context.path[0]
    }: six numbers from two latents; all in closed form`,
  }, context);
  return {};
});

async function draw(
  history: GapHistory,
  heading: {
    readonly name: string;
    readonly title: string;
    readonly subtitle: string;
  },
  { artifacts }: Pick<RunContext, "artifacts">,
): Promise<void> {
  await artifacts.figure(
    await lineChart({
      ...heading,
      x: { title: "weight updates", scale: "log" },
      y: { title: "nats per item" },
      panelRange: "own",
      series: [
        line("log p(x)", history, BOUND, (point) => point.logLikelihood),
        line("ELBO", history, BOUND, (point) => point.elbo),
        line("KL(q ‖ p(z|x))", history, GAP, (point) => point.gap),
        {
          ...line(
            "log p(x) − ELBO",
            history,
            GAP,
            (point) => point.logLikelihood - point.elbo,
          ),
          dash: "dotted",
        },
      ],
    }),
  );
}

const BOUND = "The likelihood and its bound";
const GAP = "The gap between them";

function line(
  label: string,
  history: GapHistory,
  panel: string,
  pick: (point: GapPoint) => number,
): LineSeries {
  const points = history.map((point) => ({ x: point.step, y: pick(point) }));
  return { label, panel, points };
}
