/**
 * The stage that draws maps of attention, with and without ends, and beside true links.
 * @module
 */
import { subtitleOf } from "../../charts/subtitle.ts";
import {
  wordHeatmap,
  type WordHeatmapOptions,
  type WordPanel,
} from "../../charts/word_heatmap.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { CaseKind, KindResult } from "./study_cases.ts";
import { measuresOf } from "./study_numbers.ts";

/** Draws the same sentences for translators of several kinds, of the first seed. */
export const drawMaps: Stage<
  {
    readonly results: readonly KindResult[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-maps", {
  needs: ["results", "dataset"],
  adds: {},
}, async ({ results, dataset }, context) => {
  const subtitle = subtitleOf(dataset, context);
  const panels = (kinds: readonly CaseKind[], count: number) =>
    Array.from(
      { length: count },
      (_, i) => kinds.flatMap((kind) => panelOf(results, kind, i)),
    ).flat();
  const options = {
    columnTitle: "source",
    rowTitle: "target, word to be predicted",
    valueTitle: "attention",
  };
  const draw = async (
    figure: Omit<WordHeatmapOptions, keyof typeof options>,
  ) => {
    if (figure.panels.length === 0) return; // no sentence fits on a page
    const drawn = await wordHeatmap({ ...options, ...figure });
    await context.artifacts.figure(drawn);
  };
  await draw({
    name: "attention-ends",
    title: "Attention with and without an end on the source",
    subtitle,
    panels: panels(["attention", "no source end"], 2),
  });
  await draw({
    name: "attention-links",
    title: "Attention beside the true links of the built-in sentences (frames)",
    subtitle: `${context.path[0]} on built-in sentences`,
    panels: panels(
      ["grammar, additive", "grammar, multiplicative", "grammar, location"],
      1,
    ),
    across: 3,
  });
  return {};
});

function panelOf(
  results: readonly KindResult[],
  kind: CaseKind,
  sentence: number,
): readonly WordPanel[] {
  const map = measuresOf(results, kind)[0]?.maps[sentence];
  return map ? [{ ...map, title: kind }] : [];
}
