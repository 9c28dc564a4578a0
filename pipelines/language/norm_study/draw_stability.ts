/**
 * The stage that draws how large a learning rate each kind of model bears.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { StableKind, StableRate } from "./norm_study_entries.ts";
import {
  intervalChart,
  type IntervalRow,
} from "../../charts/interval_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";

/** Draws the largest stable learning rates. */
export const drawStability: Stage<
  {
    readonly stability: readonly StableKind[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-stability", {
  needs: ["stability", "dataset"],
  adds: {},
}, async ({ stability, dataset }, context) => {
  const rows = stability.flatMap(({ kind, rates }) =>
    rates.filter(({ stable }) => stable > 0)
      .map((rate): IntervalRow => ({
        label: labelOf(kind, rate),
        value: rate.stable,
        upper: rate.unstable ?? rate.stable,
      }))
  );
  if (rows.length === 0) return {};
  const without = stability
    .filter(({ rates }) => rates.every(({ stable }) => stable === 0))
    .map(({ kind }) => kind);
  const subtitle = subtitleOf(dataset, context);
  await context.artifacts.figure(
    await intervalChart({
      name: "stability",
      title: "Largest learning rate with which a model learns",
      subtitle: without.length === 0
        ? subtitle
        : `${subtitle} · with no rate that was tried: ${without.join(", ")}`,
      x: { title: "learning rate", scale: "log" },
      rows,
      interval: "up to the next rate that was tried, with which it does not",
      decimals: 4,
    }),
  );
  return {};
});

function labelOf(kind: string, { warmUp, steps }: StableRate): string {
  return `${kind}, warm-up ${warmUp} of ${steps}`;
}
