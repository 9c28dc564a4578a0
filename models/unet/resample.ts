/**
 * Images of half and of twice their sides.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";

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
 * Each pixel four times, in a square; its gradient is the sum of theirs.
 *
 * @param images [batch, height, width, channel]
 * @returns [batch, 2 height, 2 width, channel]
 */
export function doubleByRepeating(images: tf.Tensor4D): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const size = [batch, 2 * height, 2 * width, channels] as const;
  const doubled = withGradient([images], {
    value: (x) => {
      const across = tf.concat([x!, x!], 3) // one in, as in the gradient; each pixel twice in its row
        .reshape([batch, height, 2 * width * channels]);
      return tf.concat([across, across], 2).reshape([...size]); // each row twice
    },
    gradient: (dy) => [halveByMean(dy.as4D(...size)).mul(4)],
  });
  return doubled.as4D(...size);
}
