import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { singularValues } from "../../../../pipelines/language/norm_study/singular_values.ts";

/** Sizes of the matrices below times the rounding of doubles, generously. */
const TOLERANCE = 1e-12;

function assertValues(
  found: Float64Array,
  expected: readonly number[],
): void {
  assertEquals(found.length, expected.length);
  expected.forEach((value, i) =>
    assertAlmostEquals(found[i]!, value, TOLERANCE)
  );
}

Deno.test("singularValues() of a diagonal matrix are its absolute values, in order", () => {
  assertValues(singularValues([0, 0, 0, 0, -3, 0, 0, 0, 2], 3), [3, 2, 0]);
});

Deno.test("singularValues() of a shear are the golden ratio and its reciprocal", () => {
  const golden = (1 + Math.sqrt(5)) / 2; // J = [[1, 1], [0, 1]]: roots of s^2 -+ s - 1
  assertValues(singularValues([1, 1, 0, 1], 2), [golden, 1 / golden]);
});

Deno.test("singularValues() of a rotation are ones", () => {
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  assertValues(singularValues([c, -s, s, c], 2), [1, 1]);
});

Deno.test("singularValues() finds the rank of a tall matrix", () => {
  assertValues(singularValues([1, 2, 2, 4, 2, 4], 2), [Math.sqrt(45), 0]); // (1, 2, 2) (1, 2)
});

Deno.test("singularValues() have the matrix's squared length and determinant", () => {
  const matrix = normal(keyFrom(3), 36);
  const values = singularValues(matrix, 6);
  const squares = values.reduce((sum, value) => sum + value ** 2, 0);
  const length = matrix.reduce((sum, value) => sum + value ** 2, 0);
  assertAlmostEquals(squares, length, TOLERANCE * length);
  const product = values.reduce((all, value) => all * value, 1);
  const size = Math.abs(determinant(Array.from(matrix), 6));
  assertAlmostEquals(product, size, 1e-10 * size);
});

Deno.test("singularValues() of a matrix times a number are those of the matrix times it", () => {
  const matrix = normal(keyFrom(3), 36);
  const values = singularValues(matrix, 6);
  for (const factor of [1e-12, 1e12]) {
    const scaled = singularValues(
      Float64Array.from(matrix, (value) => factor * value),
      6,
    );
    scaled.forEach((value, i) =>
      assertAlmostEquals(value / factor, values[i]!, TOLERANCE)
    );
  }
});

Deno.test("singularValues() refuses numbers that do not fill rows", () => {
  assertThrows(
    () => singularValues([1, 2, 3], 2),
    RangeError,
    "Expected rows of 2 numbers but found 3 numbers",
  );
});

/** By expansion along the first row. */
function determinant(matrix: readonly number[], size: number): number {
  if (size === 1) return matrix[0]!;
  return Array.from({ length: size }, (_, column) => {
    const minor = matrix.filter((_, i) => i >= size && i % size !== column);
    const sign = column % 2 === 0 ? 1 : -1;
    return sign * matrix[column]! * determinant(minor, size - 1);
  }).reduce((sum, term) => sum + term, 0);
}
