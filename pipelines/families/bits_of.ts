/**
 * Likelihoods in one unit.
 * @module
 */
import { bitsPerDim } from "../images/bits_per_dim.ts";
import type { FamilyRun } from "./family.ts";

/** A likelihood of test images. */
export interface FoundBits {
  /** Bits for each pixel; an upper bound where the run has a lower bound of log p(x). */
  readonly bits: number;
  /** Standard error of the mean over images, where the run tells it. */
  readonly standardError: number | undefined;
}

/** What a run says of the likelihood of test images, in bits for each pixel; undefined where it says nothing. */
export function bitsOf(
  { bound, summary }: Pick<FamilyRun, "bound" | "summary">,
  pixels: number,
): FoundBits | undefined {
  if (bound === undefined) return undefined;
  const value = summary[bound.name];
  if (value === undefined) {
    throw new RangeError(
      `Expected the run to have "${bound.name}" in its summary`,
    );
  }
  const error = summary[`${bound.name}StdErr`];
  if (bound.unit === "bits") return { bits: value, standardError: error };
  return {
    bits: bitsPerDim(value, pixels),
    standardError: error === undefined ? undefined : -bitsPerDim(error, pixels),
  };
}
