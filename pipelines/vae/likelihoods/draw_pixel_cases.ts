/**
 * The stage that draws what models with different distributions of pixels dream.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { GreyImages } from "../../images/images.ts";
import type { PixelCase } from "./pixel_case.ts";
import { imageGrid } from "../../charts/image_grid.ts";
import { intervalChart } from "../../charts/interval_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";

/** Images in a row. */
const COLUMNS = 4;

/** Draws decoder means and drawn pixels of each case, and the log mass that each leaves on images. */
export const drawPixelCases: Stage<
  {
    readonly pixelCases: readonly PixelCase[];
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-pixel-cases", {
  needs: ["pixelCases", "grey", "dataset"],
  adds: {},
}, async ({ pixelCases, grey: { test }, dataset }, context) => {
  const { figure } = context.artifacts;
  const subtitle = subtitleOf(dataset, context);
  const imageShape = [test.rows, test.columns] as const;
  await figure(
    await imageGrid({
      name: "means",
      title: "Decoder means of latents from the prior",
      subtitle,
      imageShape,
      grids: pixelCases.map(({ title, means }) => ({
        title,
        images: means,
        columns: COLUMNS,
      })),
    }),
  );
  await figure(
    await imageGrid({
      name: "drawn",
      title: "Pixels drawn from the same decoders, cut to [0, 1]",
      subtitle,
      imageShape,
      grids: pixelCases.map(({ title, drawn }) => ({
        title,
        images: drawn,
        columns: COLUMNS,
      })),
    }),
  );
  await figure(
    await intervalChart({
      name: "log_mass",
      title: "Log mass of p(x|z) on images in [0, 1]: 0 for a likelihood",
      subtitle,
      x: { title: "log mass, nats per image" },
      decimals: 1,
      rows: pixelCases.map(({ title, logMass }) => ({
        label: title,
        value: logMass,
      })),
    }),
  );
  return {};
});
