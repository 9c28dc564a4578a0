/**
 * Keeps TensorFlow.js from advertising its Node.js package, which is of no use here, at its first operation.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

Object.assign(tf.findBackend("cpu"), { firstUse: false }); // the flag of its implementation, missing in its types
