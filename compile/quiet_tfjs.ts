/**
 * Keeps TensorFlow.js from advertising its Node.js package, which is of no use here, at its first operation.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

void tf.setBackend("cpu"); // takes effect at once, despite its promise; otherwise the first operation makes another
Object.assign(tf.backend(), { firstUse: false }); // the flag of its implementation, missing in its types
