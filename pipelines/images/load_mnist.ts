/**
 * The stage that loads images.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import type { GreyImages } from "./images.ts";
import type { DataSource } from "../core/data/load_data.ts";
import { type Stage, stage } from "../core/stage.ts";
import { knownImages } from "./sources/known_images.ts";
import { openImages } from "./sources/open_images.ts";
import { builtInDigits } from "./digits/built_in_digits.ts";
import { loadFrom } from "../core/data/load_from.ts";
import { whence } from "../core/data/whence.ts";
import { mnist, parseMnist } from "./mnist.ts";
import { atMost } from "./split.ts";
import { count } from "../core/task/fields.ts";
import { dataRequest } from "../core/task/common_flags.ts";
import type { Flags } from "../core/task/flags.ts";

/** Which images to load, as a run's config gives it. */
export interface ImageRequest {
  /** `auto`, `mnist`, `fashion-mnist`, `kmnist`, `emnist-letters`, ..., `digits`, or a file or folder of images. */
  readonly data: string;
  /** The most training images; 0 for all. */
  readonly trainImages: number;
  /** The most validation images, and the most test images; 0 for all. */
  readonly testImages: number;
}

/** Settings of `ImageRequest` but for `data`, with their defaults and rules. */
export const imageRequest: Flags<Omit<ImageRequest, "data">> = {
  trainImages: count(0, "the most training images; 0: all", {
    min: 0,
    smoke: 2000,
  }),
  testImages: count(0, "the most validation and test images each; 0: all", {
    min: 0,
    smoke: 500,
  }),
};

/** MNIST, data of its kind by name, images by path, or the built-in digits. */
export const digitSource: DataSource<GreyImages> = {
  known: mnist,
  parse: parseMnist,
  others: knownImages,
  open: openImages,
  builtIn: { name: "digits", make: builtInDigits, bytes: bytesOf },
};

/**
 * Loads grey images and splits them: the last sixth of the training file is for validation.
 *
 * @throws {Error} If the data asked for is not found, is damaged, or does not fit together.
 */
export const loadMnist: Stage<
  Partial<ImageRequest>,
  { readonly grey: GreyImages; readonly dataset: DatasetInfo }
> = stage("load", {
  needs: [],
  settings: { ...dataRequest, ...imageRequest },
  adds: {
    grey:
      "grey images 0 ... 255, [count, rows, columns]: train, validation, test",
    dataset: "name, SHA-256 and origin of the data",
  },
  whence: (request) => whence(request, digitSource),
}, async ({ data: request, trainImages, testImages }, context) => {
  const { data, dataset } = await loadFrom(request, digitSource, context);
  const grey = {
    train: atMost(trainImages, data.train),
    validation: atMost(testImages, data.validation),
    test: atMost(testImages, data.test),
    classes: data.classes,
  };
  return { grey, dataset };
});

/** Pixels, then labels, of training, validation and test images. */
function bytesOf(
  { train, validation, test }: GreyImages,
): Uint8Array<ArrayBuffer> {
  const parts = [train, validation, test].flatMap((s) => [s.pixels, s.labels]);
  const bytes = new Uint8Array(
    parts.reduce((total, part) => total + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
