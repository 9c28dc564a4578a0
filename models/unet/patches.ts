/**
 * Images as smaller ones with more channels, and back.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/**
 * Makes each square of 2 x 2 pixels one place, whose channels are those of the four pixels, row by row.
 *
 * Source: Shi et al. 2016, eq. 4, the other way round.
 *
 * @param images [batch, height, width, channel], with even sides.
 * @returns [batch, height / 2, width / 2, 4 channel]
 */
export function toPatches(images: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  return images.reshape([batch, height / 2, 2, width / 2, 2, channels])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([batch, height / 2, width / 2, 4 * channels]);
}

/**
 * Spreads the channels of each place over 2 x 2 pixels, row by row: the inverse of {@linkcode toPatches}.
 *
 * Source: Shi et al. 2016, eq. 4.
 *
 * @param patches [batch, height, width, 4 channel]
 * @returns [batch, 2 height, 2 width, channel]
 */
export function fromPatches(patches: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = patches.shape;
  return patches.reshape([batch, height, width, 2, 2, channels / 4])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([batch, 2 * height, 2 * width, channels / 4]);
}
