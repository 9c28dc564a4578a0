/**
 * The stage that measures a trained network, and leaves it for runs that measure samples.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import {
  compileFeatures,
  featureWidth,
} from "../images/features/digit_features.ts";
import {
  encodeFeatureFile,
  type FeatureFile,
  featureFilePath,
} from "../images/features/feature_file.ts";
import type { GreyImages } from "../images/images.ts";
import { momentsOf } from "../statistics/frechet_distance.ts";
import type { MeanAndError } from "../statistics/mean_and_error.ts";
import { readWeights } from "../training/weights.ts";
import { readRight } from "./read_right.ts";
import type { Classifier } from "./train_features.ts";

/** Parts of images that are read as their labels say. */
export interface ReadingAccuracy {
  /** The part of the training images. */
  readonly train: MeanAndError;
  /** The part of the validation images. */
  readonly validation: MeanAndError;
  /** The part of the test images. */
  readonly test: MeanAndError;
}

/** Measures accuracy and the moments of features, and leaves `model/features.safetensors`. */
export const leaveFeatures: Stage<
  {
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
    readonly classifier: Classifier;
  },
  { readonly featureFile: FeatureFile; readonly accuracy: ReadingAccuracy }
> = stage("leave", {
  needs: ["grey", "dataset", "classifier"],
  adds: {
    featureFile: "weights, and mean and covariance of features",
    accuracy: "parts of the images that are read as their labels say",
  },
}, async ({ grey, dataset, classifier }, context) => {
  using reader = await compileFeatures(classifier.tree, context);
  const look = async ({ pixels, labels }: GreyImages["test"]) => {
    const found = await reader.measure(pixels);
    return { found, right: readRight(found, labels) };
  };
  const train = await look(grey.train);
  const validation = await look(grey.validation);
  const test = await look(grey.test);
  const count = (images: GreyImages["test"]) =>
    images.count.toLocaleString("en");
  const featureFile: FeatureFile = {
    weights: await readWeights(classifier.variables),
    testMoments: momentsOf(test.found.features, featureWidth),
    trainMoments: momentsOf(train.found.features, featureWidth),
    told: {
      data: dataset.name,
      statistics: `${count(grey.test)} test images, ${
        count(grey.train)
      } training images`,
      accuracy: test.right.mean.toFixed(4),
    },
  };
  await context.artifacts.file(featureFilePath, encodeFeatureFile(featureFile));
  return {
    featureFile,
    accuracy: {
      train: train.right,
      validation: validation.right,
      test: test.right,
    },
  };
});
