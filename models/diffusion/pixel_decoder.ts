/**
 * The likelihood of 8-bit pixels at the end of the reverse chain.
 * @module
 */
import { logNormalMass } from "../distributions/normal_cdf.ts";

/** How the mean of the decoder follows from the estimated image. */
export type PixelDecoder = "textbook" | "snapping";

/** Estimates below this are meant to be black. */
const NEARLY_BLACK = -1 + 0.008;

/** Where a black pixel's mean is put: so far below -1 that nearly all mass lies in the lowest bin. */
const BELOW_BLACK = -1.05;

const HALF_BIN = 1 / 255;

/**
 * log p(pixel | estimate): the normal law's mass in the bin of the pixel; those of 0 and 255 reach to infinity.
 *
 * A decoder of one grey level's width gives black, to which most pixels of digits belong, only 70 % where its mean is
 * exactly black. `snapping` moves the mean of nearly black estimates below: any function of the last noisy image may be
 * the mean, so that the likelihood stays normalized.
 *
 * Source: Ho et al. 2020, eq. 13; the snap is ours.
 *
 * @param pixel 0 ... 255
 * @param estimate Of the pixel, from -1 to 1.
 * @param deviation Standard deviation of the decoder.
 * @param decoder How the mean follows from the estimate.
 * @returns Nats, at most 0.
 */
export function pixelLogMass(
  pixel: number,
  estimate: number,
  deviation: number,
  decoder: PixelDecoder,
): number {
  const mean = decoder === "snapping" && estimate < NEARLY_BLACK
    ? BELOW_BLACK
    : estimate;
  const centre = pixel / 127.5 - 1;
  const low = pixel === 0 ? -Infinity : (centre - HALF_BIN - mean) / deviation;
  const high = pixel === 255
    ? Infinity
    : (centre + HALF_BIN - mean) / deviation;
  return logNormalMass(low, high);
}
