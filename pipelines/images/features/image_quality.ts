/**
 * How good generated digits are, in the features of a fixed network.
 * @module
 */
import {
  frechetDistanceTo,
  type Moments,
  momentsOf,
} from "../../statistics/frechet_distance.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import { type DigitFeatures, featureWidth } from "./digit_features.ts";
import { likeliestClasses } from "./likeliest_classes.ts";

/** Groups that are left out in turn to estimate the error of a distance. */
const GROUPS = 10;

/** The fewest images whose distance has an error: three in each group. */
export const LEAST_IMAGES: number = 3 * GROUPS;

/** A part of the images below which a class does not count as covered. */
const COVERED = 0.01;

/** The classes that a network reads in images. */
export interface ClassCoverage {
  /** Part of the images whose likeliest class is the wanted one; absent where none was wanted. */
  readonly accuracy?: number;
  /** Mean over images of the greatest class probability. */
  readonly confidence: number;
  /** Entropy of the mean class probabilities, in bits: log2(10) = 3.32 where all ten are as frequent. */
  readonly entropyBits: number;
  /** How many classes are covered: the likeliest of at least a hundredth of the images. */
  readonly classes: number;
  /** The part of the images that each class is the likeliest of. */
  readonly shares: readonly number[];
}

/**
 * Measures the Fréchet distance of images to reference moments, with its error.
 *
 * Distances of few images are too great on average: real images have 3.3 to 5.6 for 500, 2.6 to 3.7 for 1,000 and 1.5
 * to 2.2 for 2,000, against the 10,000 test images of MNIST.
 *
 * @param measured The images' features.
 * @param reference What to compare with: the moments of test images.
 * @returns The distance of all images, and its standard error by a jackknife over ten groups.
 * @throws {RangeError} If there are fewer than 30 images.
 */
export function frechetDistance(
  { features, count }: Pick<DigitFeatures, "features" | "count">,
  reference: Moments,
): MeanAndError {
  if (count < LEAST_IMAGES) {
    throw new RangeError(
      `Expected at least ${LEAST_IMAGES} images but found ${count}`,
    );
  }
  const distance = frechetDistanceTo(reference);
  const groups = groupsOf(count);
  const without = Array.from({ length: GROUPS }, (_, group) => {
    const kept = features.filter((_, i) =>
      groups[Math.floor(i / featureWidth)] !== group
    );
    return distance(momentsOf(kept, featureWidth));
  });
  const mean = without.reduce((sum, d) => sum + d, 0) / GROUPS;
  const squares = without.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  return {
    mean: distance(momentsOf(features, featureWidth)),
    standardError: Math.sqrt((GROUPS - 1) / GROUPS * squares), // Efron & Tibshirani 1993, eq. 11.5, for groups
  };
}

/** Equal groups that follow no order of the images, such as that of their classes. */
function groupsOf(count: number): Uint8Array {
  const mixed = Array.from({ length: count }, (_, i) => i)
    .sort((a, b) => scramble(a) - scramble(b));
  const groups = new Uint8Array(count);
  mixed.forEach((image, place) => groups[image] = place % GROUPS);
  return groups;
}

/** A whole number that looks random; equal for equal ones. Murmur's finalizer, Appleby 2008. */
function scramble(value: number): number {
  const first = Math.imul(value ^ value >>> 16, 0x85ebca6b);
  const second = Math.imul(first ^ first >>> 13, 0xc2b2ae35);
  return (second ^ second >>> 16) >>> 0;
}

/**
 * Tells which classes images show.
 *
 * @param measured The images' class probabilities.
 * @param wanted The class asked for, of each image.
 * @returns Coverage, confidence and, where classes were wanted, accuracy.
 * @throws {RangeError} If there are no images, or not as many wanted classes.
 */
export function classCoverage(
  { probabilities, count }: Pick<DigitFeatures, "probabilities" | "count">,
  wanted?: ArrayLike<number>,
): ClassCoverage {
  if (count === 0) throw new RangeError("Expected at least one image");
  if (wanted && wanted.length !== count) {
    throw new RangeError(
      `Expected ${count} wanted classes but found ${wanted.length}`,
    );
  }
  const classes = probabilities.length / count;
  const likeliest = likeliestClasses({ probabilities, count });
  const mean = new Float64Array(classes);
  const found = new Uint32Array(classes);
  let confidence = 0;
  let right = 0;
  likeliest.forEach((read, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    found[read]!++;
    confidence += row[read]! / count; // one for each class
    if (wanted?.[i] === read) right++;
    row.forEach((p, c) => mean[c]! += p / count);
  });
  const entropyBits = -mean.reduce(
    (sum, p) => p > 0 ? sum + p * Math.log2(p) : sum,
    0,
  );
  const shares = Array.from(found, (images) => images / count);
  return {
    ...(wanted ? { accuracy: right / count } : {}),
    confidence,
    entropyBits,
    classes: shares.filter((share) => share >= COVERED).length,
    shares,
  };
}
