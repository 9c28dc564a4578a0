/**
 * The stage that draws samples and distances of all families side by side.
 * @module
 */
import { imageGrid } from "../charts/image_grid.ts";
import { intervalChart } from "../charts/interval_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import { featureWords } from "../images/features/feature_words.ts";
import type { GreyImages } from "../images/images.ts";
import { DRAWN, type FamilyRow } from "./measure_families.ts";

/** Draws the first samples of each family, the training images nearest to them, and the Fréchet distances. */
export const drawFamilies: Stage<
  {
    readonly rows: readonly FamilyRow[];
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["rows", "grey", "dataset"],
  adds: {},
}, async ({ rows, grey, dataset }, context) => {
  const { test } = grey;
  const { reference } = featureWords(grey, dataset);
  const { figure } = context.artifacts;
  const subtitle = subtitleOf(dataset, context);
  const imageShape = [test.rows, test.columns] as const;
  const unit = (bytes: Uint8Array) => Float32Array.from(bytes, (b) => b / 255);
  await figure(
    await imageGrid({
      name: "samples",
      title: "The first samples of each family, none chosen",
      subtitle,
      imageShape,
      grids: [{
        images: joined(rows.map(({ first }) => unit(first))),
        columns: DRAWN,
        rowLabels: rows.map(({ title }) => title),
      }],
    }),
  );
  await figure(
    await imageGrid({
      name: "nearest",
      title: "The training images nearest to those samples, pixel by pixel",
      subtitle,
      imageShape,
      grids: [{
        images: joined(rows.map(({ neighbours }) => unit(neighbours))),
        columns: DRAWN,
        rowLabels: rows.map(({ title }) => title),
      }],
    }),
  );
  await figure(
    await intervalChart({
      name: "frechet_distances",
      title: `Fréchet distance of samples to ${reference}`,
      subtitle,
      x: { title: "in the same features", scale: "log" },
      decimals: 1,
      interval: "± 2 standard errors",
      rows: rows.map(({ title, quality: { frechet, count } }) => ({
        label: `${title}, ${count.toLocaleString("en")} samples`,
        value: frechet.mean,
        lower: Math.max(
          frechet.mean / 2,
          frechet.mean - 2 * frechet.standardError,
        ),
        upper: frechet.mean + 2 * frechet.standardError,
      })),
    }),
  );
  return {};
});

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
