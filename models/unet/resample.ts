/**
 * Images of half and of twice their sides.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Means over 2 x 2 pixels.
 *
 * @param images [batch, height, width, channel], with even sides.
 * @returns [batch, height / 2, width / 2, channel]
 */
export function halveByMean(images: tf.Tensor4D): tf.Tensor4D {
  return tf.avgPool(images, 2, 2, "valid");
}

/**
 * Each pixel four times, in a square.
 *
 * @param images [batch, height, width, channel]
 * @returns [batch, 2 height, 2 width, channel]
 */
export function doubleByRepeating(images: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const across = tf.concat([images, images], 3) // each pixel twice in its row
    .reshape([batch, height, 2 * width * channels]);
  return tf.concat([across, across], 2) // each row twice
    .reshape([batch, 2 * height, 2 * width, channels]);
}
