/**
 * Gradients of maxima and minima: what is equally large shares evenly, as in PyTorch's amax() and maximum().
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf, indicator, sumTo } from "./gradient.ts";

/** Gradients in place of those of tfjs, where each of those that are equal gets all. */
export const extremeGradients: readonly tf.GradConfig[] = [
  reduction("Max"),
  reduction("Min"),
  pairwise("Maximum", tf.greater, tf.greaterEqual),
  pairwise("Minimum", tf.less, tf.lessEqual),
];

/** Names of the axes; each kernel has one of the two. */
interface ReduceAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
}

function reduction(kernel: "Max" | "Min"): tf.GradConfig {
  return gradientOf<ReduceAttributes>(
    kernel,
    { inputs: ["x"], outputs: [true] },
    (dy, [x, y], { axis, reductionIndices }) => ({
      x: () => {
        const among = axis ?? reductionIndices ?? x!.shape.map((_, i) => i);
        const axes = tf.util.parseAxisParam(among, x!.shape);
        const kept = x!.shape.map((length, i) => axes.includes(i) ? 1 : length);
        const isExtreme = indicator(tf.equal(x!, tf.reshape(y!, kept)));
        const share = tf.div(
          tf.reshape(dy, kept),
          tf.sum(isExtreme, axes, true),
        );
        return tf.mul(isExtreme, share);
      },
    }),
  );
}

type Comparison = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Half for each of two that are equal. */
function pairwise(
  kernel: "Maximum" | "Minimum",
  isBeyond: Comparison,
  isAtLeast: Comparison,
): tf.GradConfig {
  const share = (x: tf.Tensor, other: tf.Tensor) => {
    const both = tf.add(
      indicator(isBeyond(x, other)),
      indicator(isAtLeast(x, other)),
    );
    return tf.mul(both, 0.5);
  };
  return gradientOf(kernel, { inputs: ["a", "b"] }, (dy, [a, b]) => ({
    a: () => sumTo(tf.mul(dy, share(a!, b!)), a!.shape),
    b: () => sumTo(tf.mul(dy, share(b!, a!)), b!.shape),
  }));
}
