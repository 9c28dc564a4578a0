/**
 * The exact answers of a linear model with normal latents and normal noise, in double precision.
 * @module
 */
import { cholesky, type Matrix, solveLower } from "./cholesky.ts";
import { FullNormal } from "./full_normal.ts";

/** x = W z + noise, with z standard normal and independent noise of one variance. */
export interface LinearGaussianModel {
  /** W, [observed, latent]. */
  readonly weight: Matrix;
  /** Variance of the noise. */
  readonly variance: number;
}

/**
 * p(x) = N(0, W W^T + variance I).
 *
 * Source: Bishop 2006, eq. 12.35 and 12.36.
 */
export function linearGaussianMarginal(
  { weight, variance }: LinearGaussianModel,
): FullNormal {
  const covariance = weight.map((a, i) =>
    weight.map((b, j) => dot(a, b) + (i === j ? variance : 0))
  );
  return new FullNormal(weight.map(() => 0), covariance);
}

/**
 * p(z | x) = N(M^-1 W^T x, variance M^-1) with M = W^T W + variance I.
 *
 * Source: Bishop 2006, eq. 12.41 and 12.42.
 *
 * @param model The model.
 * @param observed x, [observed].
 */
export function linearGaussianPosterior(
  { weight, variance }: LinearGaussianModel,
  observed: readonly number[],
): FullNormal {
  const columns = transpose(weight);
  const m = columns.map((a, i) =>
    columns.map((b, j) => dot(a, b) + (i === j ? variance : 0))
  );
  const inverse = inverseOf(m);
  const projected = columns.map((column) => dot(column, observed));
  return new FullNormal(
    inverse.map((row) => dot(row, projected)),
    inverse.map((row) => row.map((x) => variance * x)),
  );
}

/** With M = L L^T: the inverse of M is that of L, transposed, times that of L. */
function inverseOf(matrix: Matrix): Matrix {
  const factor = cholesky(matrix);
  const columns = matrix.map((_, i) =>
    solveLower(factor, matrix.map((_, j) => i === j ? 1 : 0))
  );
  return columns.map((a) => columns.map((b) => dot(a, b)));
}

function transpose(matrix: Matrix): Matrix {
  return matrix[0]!.map((_, j) => matrix.map((row) => row[j]!)); // not empty
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}
