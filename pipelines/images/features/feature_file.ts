/**
 * Files of networks that measure samples: weights, and statistics of the images that samples are compared with.
 * @module
 */
import {
  digitClassifierSpecs,
  FEATURES,
} from "../../../models/digit_classifier.ts";
import { listParameters } from "../../../models/parameters/parameters.ts";
import type { StoredTensor } from "../../core/context.ts";
import { readFile } from "../../core/data/read_file.ts";
import {
  type PackageFile,
  readPackageFile,
} from "../../core/data/package_file.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../core/run/checkpoints/safetensors.ts";
import { sha256 } from "../../core/sha256.ts";
import type { Moments } from "../../statistics/frechet_distance.ts";
import type { Weights } from "../../training/weights.ts";

/** What a file of a network holds. */
export interface FeatureFile {
  /** Weights by the names of `digitClassifierSpecs`. */
  readonly weights: Weights;
  /** Features of the test images. */
  readonly testMoments: Moments;
  /** Features of the training images, where the file has them. */
  readonly trainMoments?: Moments;
  /** Texts by name: `data`, what the network learned from, and others. */
  readonly told: Readonly<Record<string, string>>;
}

/** Where a `feature-network` run leaves its network. */
export const featureFilePath = "model/features.safetensors";

/** The name of the network that comes with the package. */
export const packaged = "packaged";

/** The network and its statistics; distances are comparable only within one version. */
export const featureVersion = "mnist_1";

const file: PackageFile = {
  path: `fixtures/features/${featureVersion}.safetensors`,
  sha256: "647716ab87cf5534b0a8507d3bc09ea954f5ef244749a3d51060a92183a43856",
};

/** Far above any file of such a network. */
const MOST_BYTES = 2 ** 24;

const TEST = { mean: "statistics/mean", covariance: "statistics/covariance" };
const TRAIN = {
  mean: "statistics/trainMean",
  covariance: "statistics/trainCovariance",
};

/**
 * Reads the network of the package, or the one that a run left.
 *
 * @param from `packaged`, or the folder of a finished `feature-network` run.
 * @returns The network, with the SHA-256 of its file.
 * @throws {Error} If the folder holds no network.
 * @throws {SyntaxError} If its file is damaged, or of another network.
 */
export async function readFeatureFile(
  from: string = packaged,
): Promise<FeatureFile & { readonly sha256: string }> {
  if (from === packaged) {
    const bytes = await readPackageFile(file);
    const content = await decodeFeatureFile(bytes, file.path);
    return { ...content, sha256: file.sha256 };
  }
  const path = `${from}/${featureFilePath}`;
  const bytes = await readFile(path, MOST_BYTES);
  if (bytes === undefined) {
    throw new Error(
      `Expected the folder of a finished feature-network run but found no ${path}`,
    );
  }
  const content = await decodeFeatureFile(bytes, path);
  return { ...content, sha256: await sha256(bytes) };
}

/**
 * Writes a network as bytes.
 *
 * @param content The network, in the shapes of `digitClassifierSpecs`.
 * @returns The bytes of a safetensors file; statistics are rounded to float32.
 */
export function encodeFeatureFile(
  { weights, testMoments, trainMoments, told }: FeatureFile,
): Uint8Array<ArrayBuffer> {
  const tensors = {
    ...weights,
    ...stored(testMoments, TEST),
    ...trainMoments && stored(trainMoments, TRAIN),
  };
  return encodeSafetensors({ tensors, metadata: { ...told } });
}

/**
 * Reads the bytes of a network.
 *
 * @param bytes The whole file.
 * @param source Its name, for errors.
 * @returns The network.
 * @throws {SyntaxError} If the file is damaged, lacks an array, or has one of another shape or with a number that is
 * not finite.
 */
export async function decodeFeatureFile(
  bytes: Uint8Array<ArrayBuffer>,
  source: string,
): Promise<FeatureFile> {
  const { tensors, metadata } = await decodeSafetensors(bytes, source);
  const take = (name: string, shape: readonly number[]) => {
    const found = tensors[name];
    if (found === undefined || `${found.shape}` !== `${shape}`) {
      throw new SyntaxError(
        `Expected "${name}" of shape [${
          shape.join(", ")
        }] in ${source}, a network that measures samples, but found ${
          found === undefined ? "none" : `[${found.shape.join(", ")}]`
        }`,
      );
    }
    const wrong = found.data.find((value) => !Number.isFinite(value));
    if (wrong === undefined) return found;
    throw new SyntaxError(
      `Expected finite numbers in "${name}" of ${source} but found ${wrong}`,
    );
  };
  const moments = ({ mean, covariance }: typeof TEST): Moments => ({
    mean: Float64Array.from(take(mean, [FEATURES]).data),
    covariance: Float64Array.from(take(covariance, [FEATURES, FEATURES]).data),
  });
  const weights = Object.fromEntries(
    listParameters(digitClassifierSpecs())
      .map(({ name, shape }) => [name, take(name, shape)]),
  );
  return {
    weights,
    testMoments: moments(TEST),
    ...TRAIN.mean in tensors && { trainMoments: moments(TRAIN) },
    told: metadata,
  };
}

function stored(
  { mean, covariance }: Moments,
  names: typeof TEST,
): Readonly<Record<string, StoredTensor>> {
  return {
    [names.mean]: { shape: [FEATURES], data: Float32Array.from(mean) },
    [names.covariance]: {
      shape: [FEATURES, FEATURES],
      data: Float32Array.from(covariance),
    },
  };
}
