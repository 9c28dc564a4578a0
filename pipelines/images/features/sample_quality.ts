/**
 * All measures of generated digits at once.
 * @module
 */
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import {
  type PrecisionAndRecall,
  precisionAndRecall,
} from "../../statistics/nearest_neighbours.ts";
import {
  type DigitFeatures,
  type FeatureNetwork,
  featureWidth,
} from "./digit_features.ts";
import {
  type ClassCoverage,
  classCoverage,
  frechetDistance,
} from "./image_quality.ts";

/** How good generated digits are. */
export interface SampleQuality extends ClassCoverage, PrecisionAndRecall {
  /** How many images were measured, on which the distance depends. */
  readonly count: number;
  /** Fréchet distance to the test images of MNIST, with its standard error. */
  readonly frechet: MeanAndError;
}

/**
 * Measures generated images of digits.
 *
 * @param network The fixed network.
 * @param pixels Bytes, 0 (paper) to 255 (ink), of at least 30 images, [image * 784].
 * @param real Features of real images, for precision and recall: about as many.
 * @param wanted The class asked for, of each image.
 * @returns All measures.
 * @throws {RangeError} If there are too few images.
 */
export async function sampleQuality(
  network: FeatureNetwork,
  pixels: Uint8Array<ArrayBuffer>,
  real: Pick<DigitFeatures, "features">,
  wanted?: ArrayLike<number>,
): Promise<SampleQuality> {
  const found = await network.measure(pixels);
  return {
    count: found.count,
    frechet: frechetDistance(found, network.testMoments),
    ...classCoverage(found, wanted),
    ...precisionAndRecall(found.features, real.features, featureWidth),
  };
}
