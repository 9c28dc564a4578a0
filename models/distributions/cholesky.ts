/**
 * Cholesky factors of small matrices, in double precision.
 * @module
 */

/** A matrix as rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/**
 * Factors a symmetric, positive definite matrix as L L^T with L lower triangular.
 *
 * @param matrix [n, n]; only its lower triangle is read.
 * @returns L, [n, n], with zeros above its diagonal.
 * @throws {RangeError} If the matrix is not positive definite.
 */
export function cholesky(matrix: Matrix): Matrix {
  const factor: number[][] = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      const rest = row[j]! - dot(factor[i]!, factor[j]!, j); // j <= i < n
      factor[i]![j] = i === j ? root(rest, i) : rest / factor[j]![j]!;
    }
  });
  return factor;
}

/**
 * Solves L x = b by forward substitution.
 *
 * @param factor Lower triangular, [n, n].
 * @param b [n]
 * @returns x, [n]
 */
export function solveLower(factor: Matrix, b: readonly number[]): number[] {
  const x: number[] = [];
  factor.forEach((row, i) => x.push((b[i]! - dot(row, x, i)) / row[i]!));
  return x;
}

/** The sum of the first `length` products. */
function dot(a: readonly number[], b: readonly number[], length: number) {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function root(pivot: number, index: number): number {
  if (pivot > 0) return Math.sqrt(pivot);
  throw new RangeError(
    `Expected a positive definite matrix but found pivot ${pivot} in row ${index}`,
  );
}
