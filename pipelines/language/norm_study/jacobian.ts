/**
 * Exact derivatives of one array by another.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Computes all derivatives of a function from vectors at some positions to as many vectors, by automatic
 * differentiation: one backward pass of a batch that holds the input once for each number of the output.
 *
 * @param apply From and to [batch, position, width], each item of the batch by itself.
 * @param x [1, position, width]
 * @returns dy_i / dx_j, row by row, [size, size] with size = position * width.
 */
export function jacobian(
  apply: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
): Float32Array {
  return tf.tidy(() => {
    const [, positions, width] = x.shape;
    const { size } = x;
    const copies = tf.tile(x, [size, 1, 1]);
    const chosen = tf.eye(size).reshape([size, positions!, width!]); // rank 3
    const gradient = tf.grad((x: tf.Tensor) => apply(x).mul(chosen).sum());
    return Float32Array.from(gradient(copies).dataSync());
  });
}

/**
 * Multiplies square matrices.
 *
 * @param a Row by row, [size, size].
 * @param b Likewise.
 * @returns a b, row by row.
 */
export function multiply(a: Float32Array, b: Float32Array): Float32Array {
  const size = Math.sqrt(a.length);
  const product = new Float32Array(a.length);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let total = 0;
      for (let k = 0; k < size; k++) {
        total += a[i * size + k]! * b[k * size + j]!;
      }
      product[i * size + j] = total;
    }
  }
  return product;
}

/**
 * Adds the identity.
 *
 * @param a A square matrix, row by row.
 * @returns 1 + a, row by row.
 */
export function plusIdentity(a: Float32Array): Float32Array {
  const size = Math.sqrt(a.length);
  return a.map((value, i) => i % (size + 1) === 0 ? value + 1 : value);
}
