import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  meanAndError,
  twoErrorsAbout,
} from "../../../pipelines/statistics/mean_and_error.ts";

Deno.test("meanAndError() of 1, 2, 3, 4", () => {
  const { mean, standardError } = meanAndError([1, 2, 3, 4]);
  assertEquals(mean, 2.5);
  assertAlmostEquals(standardError, Math.sqrt(5 / 3 / 4), 1e-15);
});

Deno.test("meanAndError() keeps its precision far from zero", () => {
  const { mean, standardError } = meanAndError([1e9 + 1, 1e9 + 2, 1e9 + 3]);
  assertEquals(mean, 1e9 + 2);
  assertAlmostEquals(standardError, Math.sqrt(1 / 3), 1e-7); // doubles near 1e9 are 1e-7 apart
});

Deno.test("meanAndError() of one value does not know its error, and of none no mean", () => {
  assertEquals(meanAndError([7]), { mean: 7, standardError: NaN });
  assertThrows(() => meanAndError([]), RangeError, "at least one value");
});

Deno.test("twoErrorsAbout() has no width where the error is not known", () => {
  const known = { mean: 3, standardError: 0.5 };
  assertEquals(twoErrorsAbout(known), { lower: 2, upper: 4 });
  assertEquals(twoErrorsAbout(meanAndError([3])), { lower: 3, upper: 3 });
});
