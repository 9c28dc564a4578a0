import { assertEquals, assertThrows } from "@std/assert";
import { pairedDifference } from "../../../pipelines/statistics/paired_difference.ts";

Deno.test("pairedDifference() leaves out what both of a pair share", () => {
  // differences 1, 2 and 3, however far the pairs are apart: deviation 1 over the root of 3
  assertEquals(pairedDifference([1, 102, 1003], [0, 100, 1000]), {
    mean: 2,
    standardError: Math.sqrt(1 / 3),
  });
});

Deno.test("pairedDifference() of one pair does not know its error", () => {
  assertEquals(pairedDifference([5], [3]), { mean: 2, standardError: NaN });
});

Deno.test("pairedDifference() refuses what is not in pairs", () => {
  assertThrows(
    () => pairedDifference([1, 2], [1]),
    RangeError,
    "Expected as many of both in pairs but found 2 and 1",
  );
});
