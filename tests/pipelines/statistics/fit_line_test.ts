import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fitLine } from "../../../pipelines/statistics/fit_line.ts";

Deno.test("fitLine() finds a line without error where there is none", () => {
  const { slope, intercept, slopeError } = fitLine([0, 1, 4], [3, 1, -5]);
  assertAlmostEquals(slope, -2, 1e-15);
  assertAlmostEquals(intercept, 3, 1e-15);
  assertAlmostEquals(slopeError, 0, 1e-15);
});

Deno.test("fitLine() tells the error of a slope", () => {
  // By hand: means 1 and 2/3; slope 1/2; residuals -1/6, 1/3, -1/6; variance 1/6 over 1; spread 2.
  const { slope, intercept, slopeError } = fitLine([0, 1, 2], [0, 1, 1]);
  assertAlmostEquals(slope, 1 / 2, 1e-15);
  assertAlmostEquals(intercept, 1 / 6, 1e-15);
  assertAlmostEquals(slopeError, Math.sqrt(1 / 12), 1e-15);
});

Deno.test("fitLine() goes through two points, without knowing its error", () => {
  assertEquals(fitLine([1, 3], [5, 9]), {
    slope: 2,
    slopeError: NaN,
    intercept: 3,
  });
});

Deno.test("fitLine() refuses a single place", () => {
  assertThrows(
    () => fitLine([2, 2], [1, 3]),
    RangeError,
    "Expected a value at each of two different places but found 2 at 2",
  );
});
