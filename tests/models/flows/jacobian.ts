/**
 * Determinants of Jacobians, as a second way to a bijector's log determinant.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** The Jacobian [output, input] of a function of one vector, by as many backward passes as it has outputs. */
export function jacobian(
  fn: (x: tf.Tensor2D) => tf.Tensor,
  x: Float32Array,
): number[][] {
  const at = tf.tensor2d(x, [1, x.length]);
  const outputs = fn(at).size;
  return Array.from({ length: outputs }, (_, i) => {
    const one = (x: tf.Tensor) =>
      fn(x as tf.Tensor2D).reshape([outputs]).slice([i], [1]).asScalar(); // the vector given below
    return Array.from(tf.grad(one)(at).dataSync());
  });
}

/** log |det| of a square matrix by Gaussian elimination with pivots, in double precision. */
export function logAbsDet(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const below = rows.slice(i).map((row) => Math.abs(row[i]!));
    const pivot = i + below.indexOf(Math.max(...below));
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    total += Math.log(Math.abs(rows[i]![i]!));
    for (let j = i + 1; j < rows.length; j++) {
      const factor = rows[j]![i]! / rows[i]![i]!;
      rows[j] = rows[j]!.map((value, k) => value - factor * rows[i]![k]!);
    }
  }
  return total;
}
