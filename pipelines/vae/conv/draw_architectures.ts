/**
 * The stage that draws several architectures side by side.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { ArchitectureCase } from "./image_model.ts";
import type { BinaryImages } from "../../images/images.ts";
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";

/** Images in a row. */
const COLUMNS = 4;

/** Draws samples of each architecture, and what each maximizes over training. */
export const drawArchitectures: Stage<
  {
    readonly architectures: readonly ArchitectureCase[];
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-architectures", {
  needs: ["architectures", "images", "dataset"],
  adds: {},
}, async ({ architectures, images: { test }, dataset }, context) => {
  const { figure } = context.artifacts;
  const subtitle = subtitleOf(dataset, context);
  await figure(
    await imageGrid({
      name: "samples",
      title: "Ancestral samples: decoder means of latents from the prior",
      subtitle,
      imageShape: [test.rows, test.columns],
      grids: architectures.map(({ title, samples }) => ({
        title,
        images: samples,
        columns: COLUMNS,
      })),
    }),
  );
  await figure(
    await lineChart({
      name: "objectives",
      title: "What is maximized, on validation images",
      subtitle: `${subtitle}; with skips it is no bound of log p(x)`,
      x: { title: "epochs", scale: "log" },
      y: { title: "nats per image" },
      series: architectures.map(({ title, architecture, history }, i) => ({
        label: title,
        // the longer of two equal beginnings would else hide the shorter
        dash: architecture === architectures[i - 1]?.architecture
          ? "dashed"
          : "solid",
        points: history.filter(({ x }) => x > 0),
      })),
    }),
  );
  return {};
});
