/**
 * `tf.layers.batchNormalization()` reads its scale and its shift while training, also where it was told to have none: it
 * then finds that there are none.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

const none = { value: { read: () => undefined } };
const layer: object = Object.getPrototypeOf(tf.layers.batchNormalization({}));
for (const name of ["gamma", "beta"]) {
  if (!(name in layer)) {
    Object.defineProperty(layer, name, { ...none, writable: true });
  }
}
