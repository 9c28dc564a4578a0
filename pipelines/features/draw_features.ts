/**
 * The stage that draws how a network learned, and what it measures beside that of the package.
 * @module
 */
import { domainOf } from "../charts/axis_scale.ts";
import { historyPoints } from "../charts/history_points.ts";
import { imageGrid } from "../charts/image_grid.ts";
import { lineChart } from "../charts/line_chart.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import { twoErrorsAbout } from "../statistics/mean_and_error.ts";
import type { Training } from "../training/training.ts";
import { agreementOf } from "./agreement.ts";
import { changeWords } from "./change_words.ts";
import type { ChangedImages } from "./changed_images.ts";
import type { ComparedSet, NetworkComparison } from "./compare_networks.ts";

/** Names of the changes in a legend. */
const titles: Readonly<Record<ChangedImages["change"], string>> = {
  none: "as they are",
  blur: "blurred",
  noise: "with noise",
  missing: "without some classes",
};

/** Images in a row. */
const COLUMNS = 10;

/** Draws the loss, distances by both networks, and the images that were measured. */
export const drawFeatures: Stage<
  {
    readonly dataset: DatasetInfo;
    readonly training: Training;
    readonly comparison: NetworkComparison;
  },
  object
> = stage("draw", {
  needs: ["dataset", "training", "comparison"],
  adds: {},
}, async ({ dataset, training, comparison }, { artifacts, path }) => {
  const { sets } = comparison;
  const subtitle = `${dataset.notice ?? dataset.name}: ${path[0]}`;
  await artifacts.figure(
    await lineChart({
      name: "loss",
      title: "Cross-entropy of the classes",
      subtitle,
      x: { title: "weight updates" },
      y: { title: "nats per image", scale: "log" },
      series: [{
        label: "training batches",
        points: historyPoints(training.history, "train/loss", "step"),
      }],
    }),
  );
  const [real] = sets;
  const ends = endsOf(sets);
  const ratio = Math.exp(agreementOf(sets).logRatio.mean);
  const changes = [...new Set(sets.map(({ change }) => change))]
    .filter((change) => change !== "none");
  await artifacts.figure(
    await lineChart({
      name: "agreement",
      title: "Fréchet distances to the test images by two networks",
      subtitle:
        `${subtitle}; ${real?.count} training images, changed more and more; bands: ± 2 standard errors`,
      x: {
        title: "by the network of the package",
        scale: "log",
        domain: domainOf(ends, "log", 0.03),
      },
      y: { title: "by the network of this run", scale: "log" },
      series: [
        ...changes.map((change) => ({
          label: titles[change],
          points: sets
            .filter((set) => set.change === "none" || set.change === change)
            .map(pointOf).sort((a, b) => a.x - b.x),
        })),
        {
          label: "proportional",
          dash: "dotted" as const,
          points: ends.map((end) => ({ x: end, y: ratio * end })),
        },
      ],
    }),
  );
  await artifacts.figure(
    await imageGrid({
      name: "images",
      title: "Images that were measured",
      subtitle,
      imageShape: [28, 28],
      grids: [{
        columns: COLUMNS,
        images: Float32Array.from(
          sets.flatMap(({ images }) => [...images]),
          (value) => 1 - value / 255,
        ),
        rowLabels: sets.map(changeWords),
      }],
    }),
  );
  return {};
});

function pointOf({ own, packaged }: ComparedSet) {
  return { x: packaged.mean, y: own.mean, ...twoErrorsAbout(own) };
}

/** The least and the greatest distance by the network of the package. */
function endsOf(sets: readonly ComparedSet[]): readonly number[] {
  const all = sets.map(({ packaged }) => packaged.mean);
  return [Math.min(...all), Math.max(...all)];
}
