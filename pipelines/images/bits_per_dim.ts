/**
 * Log probabilities of images as bits for each of their numbers.
 * @module
 */

/**
 * -log2 P(x) / D: 8 for images of 256 grey levels that are all equally likely, 1 for black and white ones.
 *
 * It changes the unit, not the data: bits of a black and white pixel say nothing of those of a grey level.
 *
 * @param logProb log P(x) of an image of whole numbers, or a bound of it, in nats.
 * @param dimensions D, numbers of an image.
 * @returns Bits for each number, with the sign turned.
 */
export function bitsPerDim(logProb: number, dimensions: number): number {
  return -logProb / (dimensions * Math.LN2);
}
