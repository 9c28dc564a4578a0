/**
 * The stage that draws the losses of the kinds of models of a study.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { TrainedKind } from "./norm_study_entries.ts";
import type { CharacterText } from "../../text/text_entries.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { Point } from "../../charts/thin_points.ts";
import { floorOf } from "../loss_floor.ts";
import { kindTitle } from "./kind_title.ts";
import {
  type TransformerShape,
  transformerShape,
} from "../build_transformer.ts";
import { only } from "../../core/task/flags.ts";

/** Draws training and validation losses, as means over seeds with their standard errors. */
export const drawStudyLosses: Stage<
  Partial<Pick<TransformerShape, "architecture">> & {
    readonly trained: readonly TrainedKind[];
    readonly dataset: DatasetInfo;
    readonly text: CharacterText;
  },
  object
> = stage("draw-losses", {
  needs: ["trained", "dataset", "text"],
  settings: only(transformerShape, "architecture"),
  adds: {},
}, async ({ trained, dataset, text, architecture }, context) => {
  const kind = architecture === "causal" ? "continues" : "translates";
  await context.artifacts.figure(
    await lineChart({
      name: "study_losses",
      title: "Loss during training: mean ± 2 standard errors over seeds",
      subtitle: subtitleOf(dataset, context),
      x: { title: "weight updates" },
      y: { title: "nats per character" },
      thinning: "mean",
      series: trained.flatMap((kind) => [
        seriesOf(kind, "train/loss", "training"),
        seriesOf(kind, "validation/loss", "validation"),
      ]),
      rules: floorOf(kind, text),
    }),
  );
  return {};
});

function seriesOf(
  kind: TrainedKind,
  name: string,
  panel: string,
): LineSeries {
  const records = kind.runs.flatMap(({ training }) => training.history)
    .filter(({ values }) => values[name] !== undefined);
  const points: Point[] = [...Map.groupBy(records, ({ step }) => step)]
    .map(([step, own]) => {
      const values = own.map(({ values }) => values[name]!); // as filtered
      const { mean, standardError } = meanAndError(values);
      return {
        x: step,
        y: mean,
        lower: mean - 2 * standardError,
        upper: mean + 2 * standardError,
      };
    });
  return { label: kindTitle(kind), panel, points };
}
