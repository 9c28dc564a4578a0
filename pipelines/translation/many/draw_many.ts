/**
 * The stage that draws translation between many languages.
 * @module
 */
import { intervalChart } from "../../charts/interval_chart.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { InitialNorms } from "./initial_norms.ts";
import type { ManyResults } from "./many_cases.ts";

/** Draws the loss of each direction, BLEU of all directions, and gradients before training. */
export const drawMany: Stage<
  {
    readonly results: ManyResults;
    readonly initialNorms: readonly InitialNorms[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["results", "initialNorms", "dataset"],
  adds: {},
}, async ({ results, initialNorms, dataset }, context) => {
  const { artifacts } = context;
  const { all, singles } = results;
  const subtitle = subtitleOf(dataset, context);
  const names = Object.keys(all.history[0]?.losses ?? {});
  await artifacts.figure(
    await lineChart({
      name: "losses",
      title: "Validation loss of each direction, one model",
      subtitle,
      x: { title: "weight updates" },
      y: { title: "nats per piece" },
      series: names.map((label) => ({
        label,
        points: all.history.map(({ step, losses }) => ({
          x: step,
          y: losses[label]!, // measured at each step
        })),
      })),
    }),
  );
  const rows = [
    ...all.directions.map((one) => {
      const how = one.isLearned
        ? ""
        : one.tag === "bare"
        ? ", never learned, no tag"
        : ", never learned";
      return { ...one, label: `${one.name}${how}` };
    }),
    ...Object.values(singles).flatMap(({ directions }) =>
      directions.map((one) => ({ ...one, label: `${one.name}, alone` }))
    ),
  ];
  await artifacts.figure(
    await intervalChart({
      name: "directions",
      title: "BLEU of each direction",
      subtitle,
      x: { title: "BLEU, lower case, greedy" },
      interval: "± one standard error over sentences",
      decimals: 1,
      rows: rows.map(({ label, scores: { bleu } }) => ({
        label,
        value: bleu.score,
        ...bleu.standardError >= 0 && { // not known for one sentence
          lower: bleu.score - bleu.standardError,
          upper: bleu.score + bleu.standardError,
        },
      })),
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "initial-gradients",
      title: "Gradient after each layer before training",
      subtitle,
      x: { title: "layer over layers of the stack" },
      y: { title: "‖∂L/∂output‖", scale: "log" },
      series: initialNorms.flatMap((one) =>
        (["encoder", "decoder"] as const).map((panel) => ({
          label: `${one.normalization}-norm, ${one.layers} layers`,
          panel,
          points: one[panel].map((y, i) => ({ x: (i + 1) / one.layers, y })),
        }))
      ),
    }),
  );
  return {};
});
