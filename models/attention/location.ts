/**
 * Attention by location.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { linear, type LinearParameters } from "../layers/linear.ts";

/**
 * Scores positions from the decoder alone, without a look at the source: position j gets row j of W q + b.
 *
 * Source: Luong et al. 2015, eq. 8. It learns positions, not alignments.
 *
 * @param queries q, [batch, query, width]
 * @param source How many positions there are, at most the rows of W.
 * @param parameters W, [width, position], and b.
 * @returns [batch, query, source]
 * @throws {RangeError} If the source has more positions than W.
 */
export function locationScores(
  queries: tf.Tensor,
  source: number,
  parameters: LinearParameters,
): tf.Tensor {
  const most = parameters.weight.shape[1]!; // a matrix
  if (source > most) {
    throw new RangeError(
      `Expected at most ${most} source positions but found ${source}`,
    );
  }
  const [batch, count] = queries.shape;
  return tf.slice(linear(queries, parameters), [0, 0, 0], [
    batch!, // rank 3
    count!,
    source,
  ]);
}
