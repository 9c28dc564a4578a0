/**
 * Where the encoder of a finished run puts test images.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { binarizeAll } from "../../images/binarize.ts";
import { firstImages } from "../../images/first_images.ts";
import { imageClasses } from "../../images/image_classes.ts";
import type {
  Binarization,
  BinaryImages,
  ImageSplit,
} from "../../images/images.ts";
import { digitSource } from "../../images/load_mnist.ts";
import type { MapPoints } from "../../viewer/explore/vae/explored.ts";
import type { LoadedRun } from "../load_run.ts";
import type { LoadedModel } from "../loaded_model.ts";
import { reasonOf, runData } from "./run_data.ts";

const CONVENTIONS: readonly Binarization[] = [
  "threshold",
  "stochastic",
  "threshold-128-14x14",
];

/**
 * Loads the first test images of a run's data as the run saw them, and encodes them.
 *
 * @param record Of the run.
 * @param model Its model.
 * @param most How many images, at most.
 * @returns Posterior means and classes; where the data is not found, or is not that of the run, the reason.
 */
export async function mapPoints(
  record: LoadedRun["record"],
  model: Extract<LoadedModel, { readonly kind: "vae" }>,
  most: number,
): Promise<MapPoints | string> {
  try {
    const images = await testImages(record, most);
    const { test } = images;
    const { rows, columns } = model.image;
    if (test.rows !== rows || test.columns !== columns) {
      return `Expected images of ${rows} x ${columns} pixels but found ${test.rows} x ${test.columns}`;
    }
    return {
      means: await encode(model, test),
      labels: [...test.labels],
      classes: imageClasses(images).names,
    };
  } catch (error) {
    return reasonOf(error);
  }
}

async function testImages(
  record: LoadedRun["record"],
  most: number,
): Promise<BinaryImages> {
  const named = record.facts["binarization"];
  const convention = CONVENTIONS.find((one) => one === named);
  if (convention === undefined) {
    throw new RangeError("the run recorded no data of black and white images");
  }
  const data = await runData(record, digitSource);
  const grey = {
    ...data,
    train: firstImages(data.train, 1),
    validation: firstImages(data.validation, 1),
    test: firstImages(data.test, most),
  };
  return binarizeAll(grey, convention);
}

async function encode(
  { vae }: Extract<LoadedModel, { readonly kind: "vae" }>,
  { pixels, count, rows, columns }: ImageSplit,
): Promise<Float32Array> {
  const means = tf.tidy(() => {
    const shape = [count, rows * columns] as [number, number];
    return vae.encode(tf.tensor2d(Float32Array.from(pixels), shape)).mean;
  });
  try {
    return await means.data<"float32">();
  } finally {
    means.dispose();
  }
}
