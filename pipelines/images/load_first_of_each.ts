/**
 * The stage that loads a small training set with as many images of each digit.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GreyImages, ImageSplit } from "./images.ts";
import { imageClasses } from "./image_classes.ts";
import { firstOfEach } from "./first_of_each.ts";
import { loadFrom } from "../core/data/load_from.ts";
import { whence } from "../core/data/whence.ts";
import { digitSource } from "./load_mnist.ts";
import { atMost } from "./split.ts";
import { count } from "../core/task/fields.ts";
import { dataRequest } from "../core/task/common_flags.ts";
import type { Flags } from "../core/task/flags.ts";

/** Which images to load, as a run's config gives it. */
export interface FirstOfEachRequest {
  /** `auto`, `mnist`, `fashion-mnist`, `kmnist`, `emnist-letters`, ..., `digits`, or a file or folder of images. */
  readonly data: string;
  /** Training images of each class. */
  readonly perDigit: number;
  /** The most validation images; 0 for all. */
  readonly validationImages: number;
  /** The most test images; 0 for all. */
  readonly testImages: number;
}

/** Settings of `FirstOfEachRequest` but for `data`, with their defaults and rules. */
export const firstOfEachRequest: Flags<Omit<FirstOfEachRequest, "data">> = {
  perDigit: count(1000, "training images of each class", { smoke: 100 }),
  validationImages: count(100, "the most validation images; 0: all", {
    min: 0,
  }),
  testImages: count(0, "the most test images; 0: all", { min: 0, smoke: 500 }),
};

/**
 * Loads grey images, and keeps the first training images of each digit; fewer, and says so, where a digit is rarer.
 *
 * @throws {Error} If the data asked for is not found, is damaged, or does not fit together.
 */
export const loadFirstOfEach: Stage<
  Partial<FirstOfEachRequest>,
  { readonly grey: GreyImages; readonly dataset: DatasetInfo }
> = stage("load", {
  needs: [],
  settings: { ...dataRequest, ...firstOfEachRequest },
  adds: {
    grey:
      "grey images 0 ... 255, [count, rows, columns]: train, validation, test",
    dataset: "name, SHA-256 and origin of the data",
  },
  whence: (request) => whence(request, digitSource),
}, async ({ data: request, perDigit, ...config }, context) => {
  const { data, dataset } = await loadFrom(request, digitSource, context);
  const { names, title } = imageClasses(data);
  const classes = Math.max(1, names.length); // without labels all are of one
  const count = Math.min(perDigit, rarest(data.train, classes));
  if (count < perDigit) {
    context.progress.warn(
      `${dataset.name} has ${count}, not ${perDigit}, training images of its rarest ${title}: as many of each are used`,
    );
  }
  const grey = {
    train: firstOfEach(data.train, count, classes),
    validation: atMost(config.validationImages, data.validation),
    test: atMost(config.testImages, data.test),
    classes: data.classes,
  };
  return { grey, dataset };
});

/** How many images there are of the class with the fewest. */
function rarest({ labels }: ImageSplit, classes: number): number {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++; // a class
  return Math.min(...counts);
}
