/**
 * Functions of each number between two layers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** An activation, by name. */
export type Activation = "tanh" | "relu" | "softplus" | "gelu";

/** Applies an activation to each number. */
export function activate(activation: Activation, x: tf.Tensor): tf.Tensor {
  return activations[activation](x);
}

const activations: Readonly<Record<Activation, (x: tf.Tensor) => tf.Tensor>> = {
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  softplus: (x) => tf.softplus(x),
  /** x P(N(0, 1) < x), exactly; Hendrycks & Gimpel 2016. */
  gelu: (x) => x.mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)).mul(0.5),
};
