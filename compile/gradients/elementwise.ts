/**
 * Gradients of functions of one or two numbers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf, indicator, sumTo } from "./gradient.ts";

/** 0 at 0, between the slopes on both sides; that of tfjs is -1 there. */
const abs = gradientOf("Abs", { inputs: ["x"] }, (dy, [x]) => ({
  x: () => tf.mul(dy, tf.sign(tf.cast(x!, "float32"))),
}));

/** exp(x) = y + 1 below 0; that of tfjs is a kernel without a gradient. */
const elu = gradientOf("Elu", { outputs: [true] }, (dy, [y]) => ({
  x: () => tf.mul(dy, tf.where(tf.greaterEqual(y!, 0), 1, tf.add(y!, 1))),
}));

/** Klambauer et al. 2017, eq. 2. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** No power overflows, so that the gradient of this has no NaN. */
const selu = gradientOf("Selu", { inputs: ["x"] }, (dy, [x]) => ({
  x: () => {
    const isRising = tf.greater(x!, 0);
    const power = tf.exp(tf.where(isRising, 0, x!));
    const falling = tf.mul(power, SELU_SCALE * SELU_ALPHA);
    return tf.mul(dy, tf.where(isRising, SELU_SCALE, falling));
  },
}));

/** 0 at both bends, as in PyTorch. */
const relu6 = gradientOf("Relu6", { inputs: ["x"] }, (dy, [x]) => ({
  x: () => {
    const isInside = tf.logicalAnd(tf.greater(x!, 0), tf.less(x!, 6));
    return tf.mul(dy, indicator(isInside));
  },
}));

/** d(b^n)/db = n b^(n - 1), and 0 for n = 0; d(b^n)/dn = b^n log b, and 0 for b = 0 and n >= 0. */
const pow = gradientOf("Pow", { inputs: ["a", "b"], outputs: [true] }, (
  dy,
  [base, exponent, y],
) => ({
  a: () => {
    const n = tf.cast(exponent!, "float32");
    const isFlat = tf.equal(n, 0); // even at a base of 0
    const power = tf.pow(tf.where(isFlat, 1, base!), tf.sub(n, 1));
    return sumTo(tf.mul(dy, tf.mul(n, power)), base!.shape);
  },
  b: () => {
    const isFlat = tf.logicalAnd(
      tf.equal(base!, 0),
      tf.greaterEqual(exponent!, 0),
    );
    const logarithm = tf.log(tf.where(isFlat, 1, tf.cast(base!, "float32")));
    return sumTo(tf.mul(dy, tf.mul(y!, logarithm)), exponent!.shape);
  },
}));

/** 0 at both bounds, as in PyTorch. */
const clipByValue = gradientOf<tf.ClipByValueAttrs>("ClipByValue", {
  inputs: ["x"],
}, (dy, [x], { clipValueMin, clipValueMax }) => ({
  x: () => {
    const isInside = tf.logicalAnd(
      tf.greater(x!, clipValueMin),
      tf.less(x!, clipValueMax),
    );
    return tf.where(isInside, dy, 0);
  },
}));

/** (a - b)^2, also where one is repeated. */
const squaredDifference = gradientOf("SquaredDifference", {
  inputs: ["a", "b"],
}, (dy, [a, b]) => {
  const slope = () => tf.mul(dy, tf.mul(2, tf.sub(a!, b!)));
  return {
    a: () => sumTo(slope(), a!.shape),
    b: () => sumTo(tf.neg(slope()), b!.shape),
  };
});

/** Gradients in place of those of tfjs. */
export const elementwiseGradients: readonly tf.GradConfig[] = [
  abs,
  elu,
  selu,
  relu6,
  pow,
  clipByValue,
  squaredDifference,
];
