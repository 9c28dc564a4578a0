/**
 * Where attention may look.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * What a mask adds to the score of a position that may not be looked at: far below any score, yet finite, so that a row that
 * may look nowhere gets equal weights instead of NaN.
 */
export const HIDDEN_SCORE: number = -1e9;

/**
 * Lets each position look at itself and at earlier ones.
 *
 * @param context Positions.
 * @returns To be added to scores, [context, context].
 */
export function causalMask(context: number): tf.Tensor2D {
  const values = new Float32Array(context * context);
  for (let target = 0; target < context; target++) {
    values.fill(
      HIDDEN_SCORE,
      target * context + target + 1,
      (target + 1) * context,
    );
  }
  return tf.tensor2d(values, [context, context]);
}

/**
 * Hides padding from every position.
 *
 * @param isToken One for tokens and zero for padding, [batch, source].
 * @returns To be added to scores, [batch, 1, 1, source].
 */
export function paddingMask(isToken: tf.Tensor2D): tf.Tensor4D {
  const [batch, source] = isToken.shape;
  return isToken.sub(1).mul(-HIDDEN_SCORE).as4D(batch, 1, 1, source);
}
