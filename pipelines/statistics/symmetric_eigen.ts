/**
 * Eigenvalues and eigenvectors of small symmetric matrices.
 * @module
 */

/** A symmetric matrix as V diag(values) V^T. */
export interface SymmetricEigen {
  /** Eigenvalues, in no particular order, [size]. */
  readonly values: Float64Array;
  /** Eigenvectors as columns, row by row, [size, size]. */
  readonly vectors: Float64Array;
}

/** Sweeps after which rotations end; convergence is quadratic, so that eight are enough for most matrices. */
const MOST_SWEEPS = 60;

/**
 * Diagonalizes a symmetric matrix by cyclic Jacobi rotations, in double precision.
 *
 * Source: Golub & Van Loan 2013, section 8.5.
 *
 * @param matrix Row by row, [size, size]; only symmetric matrices give right answers.
 * @param size Rows and columns.
 * @returns Eigenvalues and eigenvectors.
 * @throws {RangeError} If there are not size^2 numbers, or one is not finite.
 */
export function symmetricEigen(
  matrix: ArrayLike<number>,
  size: number,
): SymmetricEigen {
  if (matrix.length !== size ** 2) {
    throw new RangeError(
      `Expected ${size ** 2} numbers but found ${matrix.length}`,
    );
  }
  const a = Float64Array.from(matrix);
  const broken = a.find((value) => !Number.isFinite(value));
  if (broken !== undefined) {
    throw new RangeError(`Expected finite numbers but found ${broken}`);
  }
  const v = new Float64Array(size ** 2);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && rotateAll(a, v, size); sweep++);
  const values = Float64Array.from(
    { length: size },
    (_, i) => a[i * size + i]!,
  );
  return { values, vectors: v };
}

/** One sweep over all pairs; whether a pair had to be rotated. */
function rotateAll(a: Float64Array, v: Float64Array, size: number): boolean {
  let hasRotated = false;
  for (let p = 0; p < size; p++) {
    for (let q = p + 1; q < size; q++) {
      const apq = a[p * size + q]!;
      const app = a[p * size + p]!;
      const aqq = a[q * size + q]!;
      if (Math.abs(apq) <= Number.EPSILON * Math.sqrt(Math.abs(app * aqq))) {
        continue;
      }
      hasRotated = true;
      const theta = (aqq - app) / (2 * apq);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const c = 1 / Math.hypot(t, 1);
      rotateColumns(a, size, p, q, c, c * t);
      rotateRows(a, size, p, q, c, c * t);
      rotateColumns(v, size, p, q, c, c * t);
    }
  }
  return hasRotated;
}

function rotateColumns(
  m: Float64Array,
  size: number,
  p: number,
  q: number,
  c: number,
  s: number,
): void {
  for (let i = 0; i < size ** 2; i += size) {
    const x = m[i + p]!;
    const y = m[i + q]!;
    m[i + p] = c * x - s * y;
    m[i + q] = s * x + c * y;
  }
}

function rotateRows(
  m: Float64Array,
  size: number,
  p: number,
  q: number,
  c: number,
  s: number,
): void {
  for (let j = 0; j < size; j++) {
    const x = m[p * size + j]!;
    const y = m[q * size + j]!;
    m[p * size + j] = c * x - s * y;
    m[q * size + j] = s * x + c * y;
  }
}
