/**
 * Features of images of digits, by a fixed network that comes with the package.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import {
  CLASSES,
  classifyDigits,
  digitClassifierSpecs,
  FEATURES,
} from "../../../models/digit_classifier.ts";
import { createParameters } from "../../../models/parameters/parameters.ts";
import type { RunContext } from "../../core/context.ts";
import {
  type PackageFile,
  readPackageFile,
} from "../../core/data/package_file.ts";
import { inFlight } from "../../core/in_flight.ts";
import { decodeSafetensors } from "../../core/run/checkpoints/safetensors.ts";
import type { Moments } from "../../statistics/frechet_distance.ts";
import { assignWeights } from "../../training/weights.ts";
import { imageBlocks } from "../image_blocks.ts";

/** The network and its statistics; distances are comparable only within one version. */
export const featureVersion = "mnist_1";

const file: PackageFile = {
  path: `fixtures/features/${featureVersion}.safetensors`,
  sha256: "647716ab87cf5534b0a8507d3bc09ea954f5ef244749a3d51060a92183a43856",
};

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

/** The fixed network, ready to run. */
export interface FeatureNetwork extends Disposable {
  /** Features of the 10,000 test images of MNIST. */
  readonly testMoments: Moments;
  /** Looks at images of 28 x 28 bytes, 0 (paper) to 255 (ink), [count * 784]. */
  readonly measure: (pixels: Uint8Array<ArrayBuffer>) => Promise<DigitFeatures>;
}

/**
 * Loads the fixed network, which reads 98.5 % of MNIST's test images as their labels say.
 *
 * @param context Where to run it.
 * @returns The network; dispose it when it is no longer used.
 * @throws {Error} If its file is missing or damaged.
 */
export async function loadFeatureNetwork(
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<FeatureNetwork> {
  const bytes = await readPackageFile(file);
  const { tensors } = await decodeSafetensors(bytes, file.path);
  using stack = new DisposableStack();
  const parameters = stack.use(createParameters(
    digitClassifierSpecs(),
    ({ shape }) => new Float32Array(tf.util.sizeFromShape([...shape])),
  ));
  assignWeights(parameters.variables, tensors);
  const network = stack.use(
    await compile(
      ({ images }: { readonly images: tf.Tensor2D }) => {
        const scaled = images.cast("float32").div(127.5).sub(1);
        const { features, logits } = classifyDigits(
          scaled.as2D(...images.shape),
          parameters.tree,
        );
        return { features, probabilities: logits.softmax() };
      },
      {
        inputs: { images: { shape: [BLOCK, 28 * 28], dtype: "int32" } },
        device,
        threads,
        parallel: "calls",
      },
    ),
  );
  const kept = stack.move();
  return {
    testMoments: {
      mean: Float64Array.from(tensors["statistics/mean"]!.data), // the file's bytes are known
      covariance: Float64Array.from(tensors["statistics/covariance"]!.data),
    },
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
      const measured = inFlight(
        imageBlocks(split, BLOCK),
        threads + 1,
        async (block) => ({
          block,
          found: await network.run({ images: block.pixels }),
        }),
      );
      for await (const { block, found } of measured) {
        const part = (data: Float32Array, width: number) =>
          data.subarray(0, block.count * width);
        features.set(
          part(found.features.data, FEATURES),
          block.first * FEATURES,
        );
        probabilities.set(
          part(found.probabilities.data, CLASSES),
          block.first * CLASSES,
        );
      }
      return { count, features, probabilities };
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
