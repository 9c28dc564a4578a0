import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fitLine, median, ratios } from "../../bench/statistics.ts";

Deno.test("median() is the middle, or the mean of the two in the middle", () => {
  assertEquals(median([3, 1, 2]), 2);
  assertEquals(median([4, 1, 3, 2]), 2.5);
  assertEquals(median([]), NaN);
});

Deno.test("ratios() compares rounds, as many as both have", () => {
  assertEquals(ratios([2, 9, 5], [1, 3]), [2, 3]);
  assertEquals(ratios([1], []), []);
});

Deno.test("fitLine() finds a line without error", () => {
  const { slope, standardError } = fitLine([0, 1, 2, 3], [1, 3, 5, 7]);
  assertAlmostEquals(slope, 2, 1e-15);
  assertAlmostEquals(standardError, 0, 1e-15);
});

Deno.test("fitLine() gives the error of a slope", () => {
  // deviations from y = 1.5 x: 1/2, -1, 1/2; their squares are 1.5, over 1 degree of freedom and a spread of 2
  const { slope, standardError } = fitLine([0, 1, 2], [0.5, 0.5, 3.5]);
  assertAlmostEquals(slope, 1.5, 1e-15);
  assertAlmostEquals(standardError, Math.sqrt(1.5 / 2), 1e-15);
});
