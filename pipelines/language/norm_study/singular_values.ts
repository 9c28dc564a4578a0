/**
 * Singular values of small matrices.
 * @module
 */

/** Sweeps after which the columns are taken to be orthogonal; ten are enough for most matrices. */
const MOST_SWEEPS = 60;

/** The cosine between two columns below which they are left alone: that of rounding. */
const PARALLEL = 1e-14;

/**
 * Computes all singular values, by rotating pairs of columns until all are orthogonal.
 *
 * Source: Hestenes 1958; Golub & Van Loan 2013, section 8.6.3.
 *
 * @param matrix Row by row, [rows, columns].
 * @param columns How many columns.
 * @returns The singular values, from the largest to the smallest, [columns].
 * @throws {RangeError} If the numbers do not fill the rows.
 */
export function singularValues(
  matrix: ArrayLike<number>,
  columns: number,
): Float64Array {
  const rows = matrix.length / columns;
  if (!Number.isInteger(rows)) {
    throw new RangeError(
      `Expected rows of ${columns} numbers but found ${matrix.length} numbers`,
    );
  }
  const vectors = Array.from(
    { length: columns },
    (_, j) =>
      Float64Array.from({ length: rows }, (_, i) => matrix[i * columns + j]!),
  );
  for (let sweep = 0; sweep < MOST_SWEEPS && rotateAll(vectors); sweep++);
  return Float64Array.from(vectors, (v) => Math.sqrt(dot(v, v)))
    .sort((a, b) => b - a);
}

/** Whether a pair had to be rotated. */
function rotateAll(vectors: readonly Float64Array[]): boolean {
  let hasRotated = false;
  vectors.forEach((one, i) => {
    for (const other of vectors.slice(i + 1)) {
      const a = dot(one, one);
      const b = dot(other, other);
      const c = dot(one, other);
      if (Math.abs(c) <= PARALLEL * Math.sqrt(a * b)) continue;
      hasRotated = true;
      const zeta = (b - a) / (2 * c);
      const sign = zeta < 0 ? -1 : 1;
      const tangent = sign / (Math.abs(zeta) + Math.hypot(1, zeta));
      rotate(one, other, tangent);
    }
  });
  return hasRotated;
}

function rotate(one: Float64Array, other: Float64Array, tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  one.forEach((x, i) => {
    const y = other[i]!; // as long as the other
    one[i] = cosine * x - sine * y;
    other[i] = sine * x + cosine * y;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
