/**
 * The Fréchet distance between two clouds of vectors.
 * @module
 */
import { symmetricEigen } from "./symmetric_eigen.ts";

/** Mean and covariance of vectors. */
export interface Moments {
  /** [width] */
  readonly mean: Float64Array;
  /** Row by row, [width, width]. */
  readonly covariance: Float64Array;
}

/**
 * Computes the mean and the unbiased covariance of vectors.
 *
 * @param vectors Row by row, [count, width].
 * @param width Length of a vector.
 * @returns Their moments.
 * @throws {RangeError} If there are not at least two whole vectors.
 */
export function momentsOf(vectors: ArrayLike<number>, width: number): Moments {
  const count = vectors.length / width;
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(
      `Expected at least two vectors of ${width} numbers but found ${vectors.length} numbers`,
    );
  }
  const mean = new Float64Array(width);
  for (let i = 0; i < vectors.length; i++) mean[i % width]! += vectors[i]!;
  for (let j = 0; j < width; j++) mean[j]! /= count;
  const covariance = new Float64Array(width ** 2);
  const centred = new Float64Array(width);
  for (let row = 0; row < vectors.length; row += width) {
    for (let j = 0; j < width; j++) centred[j] = vectors[row + j]! - mean[j]!;
    for (let j = 0; j < width; j++) {
      for (let k = j; k < width; k++) {
        covariance[j * width + k]! += centred[j]! * centred[k]!;
      }
    }
  }
  for (let j = 0; j < width; j++) {
    for (let k = j; k < width; k++) {
      const value = covariance[j * width + k]! / (count - 1);
      covariance[j * width + k] = value;
      covariance[k * width + j] = value;
    }
  }
  return { mean, covariance };
}

/**
 * Makes a function that measures the distance of other moments to a reference, whose matrix root is computed once.
 *
 * |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)); with R = C2^(1/2) the last trace is that of (R C1 R)^(1/2).
 *
 * Source: Dowson & Landau 1982, eq. 16; Heusel et al. 2017, eq. 6.
 *
 * @param reference The moments to compare with.
 * @returns The distance to them: 0 for equal moments, never below but for rounding.
 */
export function frechetDistanceTo(
  reference: Moments,
): (moments: Moments) => number {
  const width = reference.mean.length;
  const { values, vectors } = symmetricEigen(reference.covariance, width);
  const scaled = vectors.map((v, i) =>
    v * Math.sqrt(Math.sqrt(Math.max(0, values[i % width]!)))
  ); // V diag(values^(1/4)), so that root = scaled scaled^T
  const root = multiply(scaled, transpose(scaled, width), width);
  return ({ mean, covariance }) => {
    const product = multiply(multiply(root, covariance, width), root, width);
    const eigen = symmetricEigen(symmetrize(product, width), width).values;
    let distance = 0;
    for (let j = 0; j < width; j++) {
      const diagonal = j * width + j;
      distance += (mean[j]! - reference.mean[j]!) ** 2 +
        covariance[diagonal]! + reference.covariance[diagonal]! -
        2 * Math.sqrt(Math.max(0, eigen[j]!));
    }
    return distance;
  };
}

function multiply(
  a: Float64Array,
  b: Float64Array,
  width: number,
): Float64Array {
  const out = new Float64Array(width ** 2);
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < width; k++) {
      const x = a[i * width + k]!;
      for (let j = 0; j < width; j++) {
        out[i * width + j]! += x * b[k * width + j]!;
      }
    }
  }
  return out;
}

function transpose(a: Float64Array, width: number): Float64Array {
  return a.map((_, i) => a[(i % width) * width + Math.floor(i / width)]!);
}

function symmetrize(a: Float64Array, width: number): Float64Array {
  const other = transpose(a, width);
  return a.map((value, i) => (value + other[i]!) / 2);
}
