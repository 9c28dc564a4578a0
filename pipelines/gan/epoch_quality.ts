/**
 * What a fixed network sees in samples.
 * @module
 */
import {
  type DigitFeatures,
  featureWidth,
} from "../images/features/digit_features.ts";
import { likeliestClasses } from "../images/features/likeliest_classes.ts";
import {
  frechetDistanceTo,
  type Moments,
  momentsOf,
} from "../statistics/frechet_distance.ts";

/** What is measured of samples. */
export interface EpochQuality {
  /** To the moments of test images, in the features of the fixed network. */
  readonly frechetDistance: number;
  /** How many of the ten classes are the likeliest of at least a hundredth of the samples. */
  readonly classes: number;
  /** KL divergence of the likeliest classes to equal shares, in nats: log 10 = 2.30 for one class alone. */
  readonly klToUniform: number;
  /** Mean over samples of the greatest class probability. */
  readonly confidence: number;
}

/** A part of the samples below which a class does not count as covered. */
const COVERED = 0.01;

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
  const { shares, confidence } = classShares(features);
  return {
    frechetDistance: frechetDistanceTo(reference)(moments),
    classes: shares.filter((share) => share >= COVERED).length,
    klToUniform: klToUniform(shares),
    confidence,
  };
}

/**
 * The part of the samples that each class is the likeliest of, and the mean probability of the likeliest.
 *
 * @throws {RangeError} If there are no samples.
 */
export function classShares(
  { probabilities, count }: Pick<DigitFeatures, "probabilities" | "count">,
): { readonly shares: readonly number[]; readonly confidence: number } {
  if (count === 0) throw new RangeError("Expected at least one sample");
  const classes = probabilities.length / count;
  const shares = new Array<number>(classes).fill(0);
  let confidence = 0;
  likeliestClasses({ probabilities, count }).forEach((found, i) => {
    confidence += probabilities[i * classes + found]! / count; // one for each class
    shares[found]! += 1 / count;
  });
  return { shares, confidence };
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
