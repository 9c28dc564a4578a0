/**
 * The stage that draws convolutional players beside perceptrons.
 * @module
 */
import { historyPoints } from "../../charts/history_points.ts";
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { unit } from "../draw_gan_samples.ts";
import type { GanCase } from "./gan_case.ts";

/** Images in a row. */
const COLUMNS = 6;

/** Draws samples of each game, and the Fréchet distance over equal time. */
export const drawDcgan: Stage<
  {
    readonly games: readonly GanCase[];
    readonly pace: number;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage(
  "draw",
  {
    needs: ["games", "pace", "grey", "dataset"],
    adds: {},
  },
  async (
    { games, pace, grey, dataset },
    { artifacts, ...context },
  ) => {
    const { test } = grey;
    const { reference } = featureWords(grey, dataset);
    const subtitle = subtitleOf(dataset, { artifacts, ...context });
    await artifacts.figure(
      await imageGrid({
        name: "samples",
        title:
          "Samples of convolutional players and of perceptrons, none chosen",
        subtitle,
        imageShape: [test.rows, test.columns],
        grids: games.map(({ title, epochs, images }) => ({
          title: `${title}, ${epochs} epochs`,
          images: unit(images),
          columns: COLUMNS,
        })),
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: "frechet_distance",
        title: `Distance of samples to ${reference} over equal time`,
        subtitle,
        x: { title: "time, in epochs with convolutions" },
        y: { title: "Fréchet distance", scale: "log" },
        series: games.map(({ title, architecture, training }) => ({
          label: title,
          dash: title.endsWith("long") ? "dashed" : "solid",
          points: historyPoints(
            training.history,
            "samples/frechetDistance",
            "epoch",
          ).map(({ x, y }) => ({
            x: architecture === "mlp" ? x / pace : x,
            y,
          })),
        })),
      }),
    );
    return {};
  },
);
