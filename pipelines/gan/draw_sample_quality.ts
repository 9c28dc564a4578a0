/**
 * The stage that draws how good samples are over training.
 * @module
 */
import { historyPoints } from "../charts/history_points.ts";
import { lineChart } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import {
  type FeatureWords,
  featureWords,
} from "../images/features/feature_words.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import type { GeneratorQuality } from "./evaluate_samples.ts";

/** What is drawn of the classes that a classifier of digits finds. */
export function classPanels({ classes }: FeatureWords): {
  readonly classes: string;
  readonly klToUniform: string;
  readonly confidence: string;
} {
  const confidence = "Mean confidence of the classifier";
  return classes === "known"
    ? {
      classes: "Classes covered, of 10",
      klToUniform: "KL of classes to equal shares, nats",
      confidence,
    }
    : {
      classes: "MNIST's digits that samples are taken for, of 10",
      klToUniform: "KL of these to equal shares, nats",
      confidence,
    };
}

/** Draws the Fréchet distance, the classes covered, their evenness and the classifier's confidence over epochs. */
export const drawSampleQuality: Stage<
  {
    readonly training: Training;
    readonly quality: GeneratorQuality;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-quality", {
  needs: ["training", "quality", "grey", "dataset"],
  adds: {},
}, async ({ training: { history }, quality, grey, dataset }, context) => {
  const words = featureWords(grey, dataset);
  const subtitle = subtitleOf(dataset, context);
  const { realDistance } = quality;
  await context.artifacts.figure(
    await lineChart({
      name: "frechet_distance",
      title: `Distance of samples to ${words.reference}, from the same noise`,
      subtitle,
      x: { title: "epochs", whole: true },
      y: { title: "Fréchet distance", scale: "log" },
      series: [{
        label: "samples",
        points: historyPoints(history, "samples/frechetDistance", "epoch"),
      }],
      rules: realDistance > 0
        ? [{
          y: realDistance,
          label: `training images ${realDistance.toFixed(1)}`,
        }]
        : [],
    }),
  );
  await context.artifacts.figure(
    await lineChart({
      name: "classes",
      title: "Classes of the samples, as a classifier sees them",
      subtitle,
      x: { title: "epochs", whole: true },
      y: { title: "" },
      panelRange: "own",
      series: Object.entries(classPanels(words)).map(([name, panel]) => ({
        label: "samples",
        panel,
        points: historyPoints(history, `samples/${name}`, "epoch"),
      })),
    }),
  );
  return {};
});
