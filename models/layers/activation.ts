/**
 * Functions of each number between two layers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";

/** An activation, by name. */
export type Activation =
  | "tanh"
  | "relu"
  | "softplus"
  | "gelu"
  | "silu"
  | "leaky-relu";

/** Applies an activation to each number. */
export function activate(activation: Activation, x: tf.Tensor): tf.Tensor {
  return activations[activation](x);
}

const activations: Readonly<Record<Activation, (x: tf.Tensor) => tf.Tensor>> = {
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  softplus: (x) => tf.softplus(x),
  gelu: (x) => withGradient([x], { value: gelu, gradient: geluGradient }),
  silu: (x) => withGradient([x], { value: silu, gradient: siluGradient }),
  "leaky-relu": (x) =>
    withGradient([x], {
      value: (x) => tf.leakyRelu(x!, LEAK), // one in, as in the gradient
      gradient: (dy, x) => [dy.mul(tf.step(x!).mul(1 - LEAK).add(LEAK))],
    }),
};

/** x / (1 + e^-x); Hendrycks & Gimpel 2016, section 2. */
function silu(x: tf.Tensor): tf.Tensor {
  return x.mul(tf.sigmoid(x));
}

/** dx = dy s (1 + x (1 - s)), s = 1 / (1 + e^-x) */
function siluGradient(dy: tf.Tensor, x: tf.Tensor): tf.Tensor[] {
  const s = tf.sigmoid(x);
  return [dy.mul(s).mul(x.sub(x.mul(s)).add(1))];
}

/** Slope below zero of the leaky rectifier; Radford et al. 2016, section 3. */
const LEAK = 0.2;

/** x P(N(0, 1) < x), exactly; Hendrycks & Gimpel 2016: t (1 + erf t) / sqrt(2) of t = x / sqrt(2). */
function gelu(x: tf.Tensor): tf.Tensor {
  const t = scaled(x);
  return t.mul(twiceNormalCdf(t)).mul(Math.SQRT1_2);
}

/** dx = dy (P(N(0, 1) < x) + x N(x; 0, 1)), where x 2 N(x; 0, 1) = t 2 e^(-t^2) / sqrt(pi) */
function geluGradient(dy: tf.Tensor, x: tf.Tensor): tf.Tensor[] {
  const t = scaled(x);
  const slope = t.mul(tf.sub(LOG_PEAK, t.square()).exp())
    .add(twiceNormalCdf(t));
  return [dy.mul(0.5).mul(slope)];
}

/** t = x / sqrt(2): the only use of x, so that the product before it takes the factor in. */
function scaled(x: tf.Tensor): tf.Tensor {
  return x.mul(Math.SQRT1_2);
}

/** 2 P(N(0, 1) < x) of t = x / sqrt(2) */
function twiceNormalCdf(t: tf.Tensor): tf.Tensor {
  return tf.erf(t).add(1);
}

/** log(2 / sqrt(pi)) */
const LOG_PEAK = Math.log(2) - Math.log(Math.PI) / 2;
