import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import {
  frechetDistanceTo,
  momentsOf,
} from "../../../pipelines/statistics/frechet_distance.ts";
import { precisionAndRecall } from "../../../pipelines/statistics/nearest_neighbours.ts";
import { symmetricEigen } from "../../../pipelines/statistics/symmetric_eigen.ts";

const square = (...values: number[]) => Float64Array.from(values);

Deno.test("symmetricEigen() takes a matrix apart", () => {
  const size = 7;
  const matrix = Float64Array.from({ length: size ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return Math.cos(i + j) + (i === j ? i : 0);
  });
  const { values, vectors } = symmetricEigen(matrix, size);
  matrix.forEach((expected, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    let sum = 0;
    let product = 0;
    for (let k = 0; k < size; k++) {
      const pair = vectors[i * size + k]! * vectors[j * size + k]!;
      sum += values[k]! * pair;
      product += pair;
    }
    assertAlmostEquals(sum, expected, 1e-13);
    assertAlmostEquals(product, i === j ? 1 : 0, 1e-14);
  });
});

Deno.test("the Fréchet distance agrees with cases by hand", () => {
  // diagonal covariances: |m1 - m2|^2 + sum (s1 - s2)^2
  const one = { mean: square(1, 2), covariance: square(4, 0, 0, 9) };
  const other = { mean: square(0, 4), covariance: square(1, 0, 0, 25) };
  assertAlmostEquals(frechetDistanceTo(one)(other), 5 + 1 + 4, 1e-12);
  assertAlmostEquals(frechetDistanceTo(one)(one), 0, 1e-12);
  // (C1 C2)^(1/2) of 2 x 2 matrices has the trace sqrt(tr(C1 C2) + 2 sqrt(det(C1 C2)))
  const tilted = { mean: square(1, 2), covariance: square(3, 1, 1, 2) };
  const trace = 4 * 3 + 9 * 2;
  const root = Math.sqrt(trace + 2 * Math.sqrt(36 * 5));
  const expected = 13 + 5 - 2 * root;
  assertAlmostEquals(frechetDistanceTo(one)(tilted), expected, 1e-12);
  assertAlmostEquals(frechetDistanceTo(tilted)(one), expected, 1e-12);
});

Deno.test("the Fréchet distance allows covariances without full rank", () => {
  const flat = { mean: square(0, 0), covariance: square(1, 1, 1, 1) };
  const none = { mean: square(0, 3), covariance: square(0, 0, 0, 0) };
  assertAlmostEquals(frechetDistanceTo(flat)(none), 9 + 2, 1e-12);
  assertAlmostEquals(frechetDistanceTo(none)(flat), 9 + 2, 1e-12);
});

Deno.test("momentsOf() divides by one less than the number of vectors", () => {
  const { mean, covariance } = momentsOf([0, 0, 2, 4], 2);
  assertAlmostEquals(mean[1]!, 2);
  [2, 4, 4, 8].forEach((value, i) => assertAlmostEquals(covariance[i]!, value));
  assertThrows(() => momentsOf([1, 2], 2), RangeError, "at least two vectors");
});

Deno.test("precision and recall tell missing parts from samples beside the data", () => {
  const line = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => [from + i, 0]).flat();
  const data = line(0, 40);
  const half = line(0, 20); // reaches to 19 + 3 at most
  const { precision, recall } = precisionAndRecall(half, data, 2);
  assertAlmostEquals(precision, 1);
  assertAlmostEquals(recall, 23 / 40);
  const away = precisionAndRecall(line(100, 10), data, 2);
  assertLess(away.precision + away.recall, 1e-9);
  assertThrows(
    () => precisionAndRecall([1, 2, 3], data, 1),
    RangeError,
    "Expected more than 3 vectors",
  );
});

Deno.test("symmetricEigen() finds the values of tiny and of huge matrices to all digits", () => {
  for (const scale of [1e-12, 1, 1e12]) {
    // [[2, 1], [1, 2]] has the values 1 and 3
    const matrix = Float64Array.of(2, 1, 1, 2).map((x) => scale * x);
    const { values } = symmetricEigen(matrix, 2);
    const sorted = [...values].sort((a, b) => a - b);
    assertAlmostEquals(sorted[0]! / scale, 1, 1e-12);
    assertAlmostEquals(sorted[1]! / scale, 3, 1e-12);
  }
});
