/**
 * Small systems of linear equations.
 * @module
 */

/**
 * Solves A x = b by elimination with pivots.
 *
 * @param rows Of A, square.
 * @param right b
 * @returns x
 * @throws {RangeError} If A is singular.
 */
export function solve(
  rows: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const size = right.length;
  const a = rows.map((row, i) => [...row, right[i]!]);
  for (let column = 0; column < size; column++) {
    const pivot = a.slice(column).reduce(
      (best, row, i) =>
        Math.abs(row[column]!) > Math.abs(a[best]![column]!)
          ? column + i
          : best,
      column,
    );
    if (a[pivot]![column] === 0) {
      throw new RangeError(
        "Expected different places but found two equal ones",
      );
    }
    [a[column], a[pivot]] = [a[pivot]!, a[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = a[row]![column]! / a[column]![column]!;
      a[row] = a[row]!.map((value, k) => value - factor * a[column]![k]!);
    }
  }
  return a.map((row, i) => row[size]! / row[i]!);
}
