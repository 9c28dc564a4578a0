/**
 * How often a network reads images as their labels say.
 * @module
 */
import type { DigitFeatures } from "../images/features/digit_features.ts";
import { likeliestClasses } from "../images/features/likeliest_classes.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";

/**
 * The part of the images whose likeliest class is their label.
 *
 * @param found What the network says, of at least one image.
 * @param labels The class of each image, counted from 0.
 * @returns The part, with its standard error over images.
 * @throws {RangeError} If there are no images, or not as many labels.
 */
export function readRight(
  { probabilities, count }: Pick<DigitFeatures, "probabilities" | "count">,
  labels: ArrayLike<number>,
): MeanAndError {
  if (labels.length !== count) {
    throw new RangeError(
      `Expected ${count} labels but found ${labels.length}`,
    );
  }
  const right = likeliestClasses({ probabilities, count })
    .map((found, i) => found === labels[i] ? 1 : 0);
  return meanAndError(right);
}
