/**
 * Where the encoder of a finished run puts test images.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { loadData } from "../../core/data/load_data.ts";
import type { Json } from "../../core/context.ts";
import { binarizeAll } from "../../images/binarize.ts";
import { firstImages } from "../../images/first_images.ts";
import { imageClasses } from "../../images/image_classes.ts";
import type {
  Binarization,
  BinaryImages,
  ImageSplit,
} from "../../images/images.ts";
import { digitSource } from "../../images/load_mnist.ts";
import type { MapPoints } from "../../viewer/explore/explored.ts";
import type { LoadedRun } from "../load_run.ts";
import type { LoadedModel } from "../loaded_model.ts";

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
    const text = error instanceof Error ? error.message : String(error);
    return text.split("\n", 1)[0] ?? text;
  }
}

async function testImages(
  { config, facts }: LoadedRun["record"],
  most: number,
): Promise<BinaryImages> {
  const given = config["data"];
  const dataset = facts["dataset"];
  const request = given === "auto" ? entry(dataset, "name") : given;
  const convention = CONVENTIONS.find((one) => one === facts["binarization"]);
  if (typeof request !== "string" || convention === undefined) {
    throw new RangeError("the run recorded no data of black and white images");
  }
  const { data, dataset: found } = await loadData(request, digitSource, {
    note: () => {},
    signal: new AbortController().signal,
  });
  const sha256 = entry(dataset, "sha256");
  if (found.sha256 !== sha256) {
    throw new RangeError(
      `Expected data of SHA-256 ${sha256} but found ${found.sha256}`,
    );
  }
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

function entry(table: Json | undefined, name: string): Json | undefined {
  return typeof table === "object" && table !== null && !Array.isArray(table)
    ? (table as Readonly<Record<string, Json>>)[name]
    : undefined;
}
