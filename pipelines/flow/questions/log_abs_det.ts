/**
 * Determinants of square matrices.
 * @module
 */

/**
 * log |det| by Gaussian elimination with pivots, in double precision: some n^3 / 3 multiplications.
 *
 * @param matrix [n, n], row by row.
 * @returns -Infinity where the matrix is singular.
 */
export function logAbsDet(matrix: ArrayLike<number>): number {
  const size = Math.sqrt(matrix.length);
  const rows = Array.from(
    { length: size },
    (_, i) =>
      Float64Array.from({ length: size }, (_, j) => matrix[i * size + j]!), // square
  );
  let total = 0;
  for (let i = 0; i < size; i++) {
    const pivot = pivotOf(rows, i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    const top = rows[i]!;
    total += Math.log(Math.abs(top[i]!));
    if (top[i] === 0) return -Infinity;
    for (let j = i + 1; j < size; j++) {
      const row = rows[j]!;
      const factor = row[i]! / top[i]!;
      for (let k = i + 1; k < size; k++) row[k]! -= factor * top[k]!;
    }
  }
  return total;
}

/** The row from the i-th on whose number in column i is largest. */
function pivotOf(rows: readonly Float64Array[], column: number): number {
  let best = column;
  for (let row = column + 1; row < rows.length; row++) {
    const [value, most] = [rows[row]![column]!, rows[best]![column]!];
    if (Math.abs(value) > Math.abs(most)) best = row;
  }
  return best;
}
