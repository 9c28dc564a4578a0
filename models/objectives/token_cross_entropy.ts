/**
 * How well scores predict tokens.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../gradients/with_gradient.ts";

/** How targets are softened. */
export interface TokenCrossEntropyOptions {
  /**
   * The share e of the target that is spread evenly over the whole vocabulary, the token itself included (Szegedy et
   * al. 2016, section 7); 0 unless given. Perplexities are measured with 0.
   */
  readonly labelSmoothing?: number;
}

/**
 * Cross-entropy of each target token under softmax(logits), in nats.
 *
 * -(1 - e) log p(target) - e mean over the vocabulary of log p. Its gradient, softmax minus target, is written by hand:
 * no one-hot matrix is made, whatever the vocabulary.
 *
 * @param logits Scores, [..., vocabulary].
 * @param targets Token indices in [0, vocabulary), int32, [...]. Padding is left to the caller: its losses are to be
 * multiplied by 0.
 * @returns Nats per token, [...].
 * @throws {TypeError} If targets are not int32.
 * @throws {RangeError} If the shapes do not fit, or label smoothing is not in [0, 1).
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { tokenCrossEntropy } from "@lowerbound/lowerbound/models";
 *
 * const nats = tokenCrossEntropy(tf.zeros([2, 27]), tf.tensor1d([0, 26], "int32"));
 * nats.print(); // log 27, twice
 * ```
 */
export function tokenCrossEntropy(
  logits: tf.Tensor,
  targets: tf.Tensor,
  { labelSmoothing = 0 }: TokenCrossEntropyOptions = {},
): tf.Tensor {
  check(logits, targets, labelSmoothing);
  const vocabulary = logits.shape.at(-1)!; // checked
  const rows = logits.reshape([-1, vocabulary]);
  const nats = withGradient([rows, targets.reshape([-1, 1])], {
    value: (rows, targets) => smoothedLoss(rows!, targets!, labelSmoothing), // two in, as in the gradient
    gradient: (dy, rows, targets) => [
      dy.expandDims(-1).mul(residual(rows!, targets!, labelSmoothing)),
      tf.fill(targets!.shape, 0), // indices have no gradient
    ],
  });
  return nats.reshape([...targets.shape]);
}

function check(
  logits: tf.Tensor,
  targets: tf.Tensor,
  labelSmoothing: number,
): void {
  if (targets.dtype !== "int32") {
    throw new TypeError(
      `Expected targets to be int32 but found ${targets.dtype}`,
    );
  }
  const leading = logits.shape.slice(0, -1);
  if (logits.rank === 0 || `${leading}` !== `${targets.shape}`) {
    throw new RangeError(
      `Expected targets of shape [${leading}] for logits of shape [${logits.shape}] but found [${targets.shape}]`,
    );
  }
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new RangeError(
      `Expected label smoothing in [0, 1) but found ${labelSmoothing}`,
    );
  }
}

/** log sum exp(z) - (1 - e) z[target] - e mean(z), of z less its maximum, [rows]. */
function smoothedLoss(
  rows: tf.Tensor,
  targets: tf.Tensor,
  smoothing: number,
): tf.Tensor {
  const z = rows.sub(rows.max(-1, true));
  const logSum = z.exp().sum(-1).log();
  const loss = logSum.sub(pick(z, targets).mul(1 - smoothing).reshape([-1]));
  return smoothing === 0 ? loss : loss.sub(z.mean(-1).mul(smoothing));
}

/** softmax(rows) less e / vocabulary everywhere and less 1 - e at the target, [rows, vocabulary]. */
function residual(
  rows: tf.Tensor,
  targets: tf.Tensor,
  smoothing: number,
): tf.Tensor {
  const [count, vocabulary] = rows.shape;
  const probabilities = tf.softmax(rows);
  const smoothed = smoothing === 0
    ? probabilities
    : probabilities.sub(smoothing / vocabulary!); // a matrix
  const z = rows.sub(rows.max(-1, true));
  const share = pick(z, targets).exp().div(z.exp().sum(-1, true)); // as in the loss: nothing else reads `smoothed`
  const atTargets = share.sub(smoothing / vocabulary! + 1 - smoothing)
    .reshape([-1]);
  const row = tf.range(0, count!, 1, "int32").expandDims(-1);
  const places = tf.concat([row, targets], 1); // [rows, 2]
  return tf.tensorScatterUpdate(smoothed, places, atTargets);
}

/** The number of each row at its index, [rows, 1]. */
function pick(rows: tf.Tensor, indices: tf.Tensor): tf.Tensor {
  return tf.gather(rows, indices as tf.Tensor2D, 1, 1);
}
