/**
 * What a fixed network sees in samples.
 * @module
 */
import {
  type DigitFeatures,
  featureWidth,
} from "../images/features/digit_features.ts";
import {
  type ClassCoverage,
  classCoverage,
} from "../images/features/image_quality.ts";
import {
  frechetDistanceTo,
  type Moments,
  momentsOf,
} from "../statistics/frechet_distance.ts";

/** What is measured of samples. */
export interface EpochQuality
  extends Pick<ClassCoverage, "classes" | "confidence" | "shares"> {
  /** To the moments of test images, in the features of the fixed network. */
  readonly frechetDistance: number;
  /** KL divergence of the likeliest classes to equal shares, in nats: log 10 = 2.30 for one class alone. */
  readonly klToUniform: number;
}

/**
 * Measures samples.
 *
 * @param features What the network says of them.
 * @param reference The moments of test images.
 */
export function epochQuality(
  features: DigitFeatures,
  reference: Moments,
): EpochQuality {
  const moments = momentsOf(features.features, featureWidth);
  const { classes, confidence, shares } = classCoverage(features);
  return {
    frechetDistance: frechetDistanceTo(reference)(moments),
    classes,
    klToUniform: klToUniform(shares),
    confidence,
    shares,
  };
}

/**
 * KL divergence of shares to equal ones, in nats.
 *
 * @param shares They sum to 1.
 */
export function klToUniform(shares: readonly number[]): number {
  return shares.reduce(
    (sum, share) =>
      share > 0 ? sum + share * Math.log(share * shares.length) : sum,
    0,
  );
}
