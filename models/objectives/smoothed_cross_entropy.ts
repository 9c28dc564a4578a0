/**
 * Cross-entropy of classes, with smoothed labels.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";

/**
 * -sum_k q_k log p_k with p = softmax(logits) and q = (1 - smoothing) [k = target] + smoothing / classes, in nats.
 *
 * The gradient is p - q, in one pass over the logits. Source: Szegedy et al. 2016, section 7, with the smoothing spread
 * over all classes, as in PyTorch.
 *
 * @param logits [n, class]
 * @param targets int32, [n]
 * @param smoothing In [0, 1); 0 gives -log p of the target.
 * @returns [n]
 * @throws {RangeError} If the smoothing is not in [0, 1).
 */
export function smoothedCrossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor1D,
  smoothing = 0,
): tf.Tensor1D {
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new RangeError(
      `Expected smoothing in [0, 1) but found ${smoothing}`,
    );
  }
  const [count, classes] = logits.shape;
  const part = smoothing / classes;
  const entropy = withGradient([logits, targets], {
    value: (x, target) => {
      const rows = tf.range(0, count * classes, classes, "int32");
      const wanted = tf.gather(x!.reshape([-1]), rows.add(target!)); // [n]
      const smoothed = smoothing === 0
        ? wanted
        : wanted.mul(1 - smoothing).add(x!.sum(1).mul(part));
      return tf.logSumExp(x!, 1).sub(smoothed);
    },
    gradient: (dy, x, target) => {
      const isTarget = tf.oneHot(target!, classes); // int32: cannot hold the shares
      const labels = isTarget.mul(1 - smoothing).add(part);
      const slope = tf.softmax(x!).sub(labels).mul(dy.reshape([count, 1]));
      return [slope, tf.zeros([count])]; // classes have no gradient
    },
  });
  return entropy.as1D();
}

/**
 * The mean over real tokens: a sum divided by their number, so that padding changes nothing.
 *
 * @param values [n]
 * @param isToken One for tokens and zero for padding, [n].
 * @returns A scalar.
 */
export function meanOverTokens(
  values: tf.Tensor1D,
  isToken: tf.Tensor1D,
): tf.Scalar {
  return values.mul(isToken).sum().div(isToken.sum()).asScalar();
}
