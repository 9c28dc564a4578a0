/**
 * Features of images of digits, by a fixed network.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import {
  CLASSES,
  classifyDigits,
  type DigitClassifierParameters,
  digitClassifierSpecs,
  FEATURES,
} from "../../../models/digit_classifier.ts";
import { createParameters } from "../../../models/parameters/parameters.ts";
import type { RunContext } from "../../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../../core/steps_in_flight.ts";
import type { Moments } from "../../statistics/frechet_distance.ts";
import { assignWeights } from "../../training/weights.ts";
import { imageBlocks } from "../image_blocks.ts";
import { type FeatureFile, readFeatureFile } from "./feature_file.ts";

/** Length of a feature vector. */
export const featureWidth: number = FEATURES;

/** Images in a call of the network. */
const BLOCK = 100;

/** What the network says of images. */
export interface DigitFeatures {
  /** How many images. */
  readonly count: number;
  /** Row by row, [count, 64]. */
  readonly features: Float32Array;
  /** Probabilities of the ten digits, [count, 10]. */
  readonly probabilities: Float32Array;
}

/** A network that looks at images. */
export interface FeatureReader extends Disposable {
  /** Looks at images of 28 x 28 bytes, 0 (paper) to 255 (ink), [count * 784]. */
  readonly measure: (pixels: Uint8Array<ArrayBuffer>) => Promise<DigitFeatures>;
}

/** The fixed network, ready to run. */
export interface FeatureNetwork extends FeatureReader {
  /** Features of the test images: MNIST's 10,000, where the network is that of the package. */
  readonly testMoments: Moments;
}

/**
 * Loads the fixed network, which reads 98.5 % of MNIST's test images as their labels say.
 *
 * @param context Where to run it.
 * @returns The network; dispose it when it is no longer used.
 * @throws {Error} If its file is missing or damaged.
 */
export async function loadFeatureNetwork(
  context: Pick<RunContext, "device" | "threads">,
): Promise<FeatureNetwork> {
  return await openFeatureNetwork(await readFeatureFile(), context);
}

/**
 * Prepares the network of a file.
 *
 * @param file Weights, and the statistics of test images.
 * @param context Where to run it.
 * @returns The network; dispose it when it is no longer used.
 * @throws {RangeError} If the weights are those of another network.
 */
export async function openFeatureNetwork(
  { weights, testMoments }: Pick<FeatureFile, "weights" | "testMoments">,
  context: Pick<RunContext, "device" | "threads">,
): Promise<FeatureNetwork> {
  using stack = new DisposableStack();
  const parameters = stack.use(createParameters(
    digitClassifierSpecs(),
    ({ shape }) => new Float32Array(tf.util.sizeFromShape([...shape])),
  ));
  assignWeights(parameters.variables, weights);
  const { measure } = stack.use(
    await compileFeatures(parameters.tree, context),
  );
  const kept = stack.move();
  return { testMoments, measure, [Symbol.dispose]: () => kept.dispose() };
}

/**
 * Compiles the network.
 *
 * @param parameters Tensors in the places of `digitClassifierSpecs`: of variables, their newest values count.
 * @param context Where to run it.
 * @returns The network; dispose it when it is no longer used, and its parameters after it.
 */
export async function compileFeatures(
  parameters: DigitClassifierParameters,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<FeatureReader> {
  const network = await compile(
    ({ images }: { readonly images: tf.Tensor2D }) => {
      const { features, logits } = classifyBytes(images, parameters);
      return { features, probabilities: logits.softmax() };
    },
    {
      inputs: { images: { shape: [BLOCK, 28 * 28], dtype: "int32" } },
      device,
      threads,
      parallel: "calls",
      stepsPerCall: MOST_STEPS,
    },
  );
  return {
    measure: async (pixels) => {
      const count = pixels.length / 28 ** 2;
      if (!Number.isInteger(count)) {
        throw new RangeError(
          `Expected images of 28 x 28 pixels, which the network that judges samples can read, but found ${pixels.length} pixels`,
        );
      }
      const features = new Float32Array(count * FEATURES);
      const probabilities = new Float32Array(count * CLASSES);
      const labels = new Uint8Array(count);
      const split = { pixels, labels, count, rows: 28, columns: 28 };
      const measured = stepsInFlight(
        network,
        imageBlocks(split, BLOCK),
        threads,
        ({ pixels }) => ({ images: pixels }),
      );
      for await (const { item: { first, count }, outputs } of measured) {
        const part = (data: Float32Array, width: number) =>
          data.subarray(0, count * width);
        features.set(part(outputs.features, FEATURES), first * FEATURES);
        probabilities.set(
          part(outputs.probabilities, CLASSES),
          first * CLASSES,
        );
      }
      return { count, features, probabilities };
    },
    [Symbol.dispose]: () => network[Symbol.dispose](),
  };
}

/**
 * Classifies images of bytes.
 *
 * @param images Bytes, 0 (paper) to 255 (ink), [batch, 784].
 * @param parameters Tensors in the places of `digitClassifierSpecs`.
 * @returns Features [batch, 64] and logits [batch, 10].
 */
export function classifyBytes(
  images: tf.Tensor2D,
  parameters: DigitClassifierParameters,
): ReturnType<typeof classifyDigits> {
  const scaled = images.cast("float32").div(127.5).sub(1);
  return classifyDigits(scaled.as2D(...images.shape), parameters);
}
