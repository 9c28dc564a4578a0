/**
 * The stage that draws a trained diffusion model.
 * @module
 */
import { historyPoints } from "../../charts/history_points.ts";
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { classColumns } from "../class_columns.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type { Training } from "../../training/training.ts";
import type { PixelBound } from "../measure_bits.ts";
import type { ImageError } from "../noise_error.ts";
import { toGrey } from "../sample_images.ts";
import type { MnistMeasures, MnistPictures } from "./mnist_entries.ts";

/** Rows of samples, at most. */
const ROWS = 10;

/** Draws the loss, the error by timestep, the bound's parts, images through training and on their way from noise. */
export const drawMnist: Stage<
  {
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
    readonly training: Training;
    readonly bound: PixelBound;
    readonly measures: MnistMeasures;
    readonly pictures: MnistPictures;
  },
  object
> = stage("draw", {
  needs: ["grey", "dataset", "training", "bound", "measures", "pictures"],
  adds: {},
}, async (input, { artifacts, path }) => {
  const { grey, dataset, training, bound, measures, pictures } = input;
  const subtitle = `${dataset.notice ?? dataset.name}: ${path[0]}`;
  const { rows, columns } = grey.test;
  const imageShape = [rows, columns] as const;
  const { things } = featureWords(grey, dataset);
  const of = things === "digits" ? "digits" : "classes";
  const across = classColumns(grey);
  await artifacts.figure(
    await lineChart({
      name: "loss",
      title: "Squared error of what is predicted",
      subtitle,
      x: { title: "weight updates" },
      y: { title: "mean squared error", scale: "log" },
      series: [
        {
          label: "loss of training batches",
          points: historyPoints(training.history, "train/loss", "step"),
        },
        {
          label: "error of the noise, held-out images, averaged weights",
          points: historyPoints(
            training.history,
            "validation/noiseError",
            "step",
          ),
        },
      ],
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "error_by_timestep",
      title: "Error of the noise by timestep",
      subtitle: `${subtitle}; test images, means and standard errors`,
      x: { title: "timestep" },
      y: { title: "mean squared error", scale: "log" },
      series: [{ label: "test", points: profile(measures.errors) }],
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "bound_by_timestep",
      title: "Consistency terms by timestep",
      subtitle: `${subtitle}; smaller variance, mean over a range of timesteps`,
      x: { title: "timestep", scale: "log" },
      y: { title: "bits per pixel and timestep", scale: "log" },
      series: [{
        label: "KL(q ‖ p)",
        points: bound.parts.map(({ from, to, bits }) => ({
          x: Math.sqrt(from * (to - 1)),
          y: bits / (to - from),
        })),
      }],
    }),
  );
  await artifacts.figure(
    await imageGrid({
      name: "samples",
      title: things === "digits" ? "Digits drawn" : "Images drawn",
      subtitle,
      imageShape,
      grids: [{
        images: toGrey(
          pictures.digits.subarray(
            0,
            ROWS * across.columns * rows * columns,
          ),
        ),
        ...across,
      }],
    }),
  );
  await artifacts.figure(
    await imageGrid({
      name: "training",
      title: `The same noise and ${of} through training`,
      subtitle,
      imageShape,
      grids: [{
        images: toGrey(pictures.moments.flatMap(({ images }) => [...images])),
        ...across,
        rowLabels: pictures.moments.map(({ title }) => title),
      }],
    }),
  );
  await artifacts.figure(
    await imageGrid({
      name: "strip",
      title: `From noise to ${things}`,
      subtitle,
      imageShape,
      grids: [{
        images: toGrey(pictures.strip.flatMap(({ images }) => [...images])),
        ...across,
        rowLabels: pictures.strip.map(({ title }) => title),
      }],
    }),
  );
  return {};
});

/** Means over sixteen parts of the chain, with a standard error on either side. */
function profile(errors: readonly ImageError[]) {
  const parts = Math.min(16, errors.length);
  return Array.from({ length: parts }, (_, i) => {
    const part = errors.slice(
      Math.floor(i * errors.length / parts),
      Math.floor((i + 1) * errors.length / parts),
    );
    const { mean, standardError } = meanAndError(
      part.map(({ noise }) => noise),
    );
    const x = meanAndError(part.map(({ timestep }) => timestep)).mean;
    return {
      x,
      y: mean,
      lower: mean - standardError,
      upper: mean + standardError,
    };
  });
}
