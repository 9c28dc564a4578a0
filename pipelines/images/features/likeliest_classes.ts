/**
 * What a network takes images for.
 * @module
 */
import type { DigitFeatures } from "./digit_features.ts";

/**
 * Finds the likeliest class of each image.
 *
 * @param found What the network says.
 * @returns Classes, counted from 0, [image]; the first of several that are as likely.
 */
export function likeliestClasses(
  { probabilities, count }: Pick<DigitFeatures, "probabilities" | "count">,
): Uint8Array {
  const classes = probabilities.length / count;
  return Uint8Array.from({ length: count }, (_, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}
