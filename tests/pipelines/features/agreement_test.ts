import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { agreementOf } from "../../../pipelines/features/agreement.ts";
import { readRight } from "../../../pipelines/features/read_right.ts";

const set = (own: number, packaged: number, error = 0) => ({
  own: { mean: own, standardError: error },
  packaged: { mean: packaged, standardError: error },
});

Deno.test("agreementOf() finds the power and the factor of distances that have them exactly", () => {
  const sets = [1, 2, 4, 8].map((x) => set(3 * x ** 1.5, x));
  const { pairs, sameOrder, line, logRatio } = agreementOf(sets);
  assertEquals([pairs, sameOrder], [6, 6]);
  assertAlmostEquals(line.slope, 1.5, 1e-12);
  assertAlmostEquals(line.slopeError, 0, 1e-7);
  // log(3 x^1.5 / x) is log 3 + log(2) / 2 times 0, 1, 2 and 3
  assertAlmostEquals(logRatio.mean, Math.log(3) + 0.75 * Math.log(2), 1e-12);
  const spread = Math.sqrt(5 / 3) * 0.5 * Math.log(2); // of 0, 1, 2, 3
  assertAlmostEquals(logRatio.standardError, spread / 2, 1e-12);
});

Deno.test("agreementOf() counts pairs that both networks tell apart, and those in the same order", () => {
  // 1 and 2 are in another order by the second network; with errors of 0.4, 1 apart is less than 2 * 0.566
  const found = (error: number) =>
    agreementOf([set(1, 2, error), set(2, 1, error), set(9, 9, error)]);
  assertEquals([found(0.1).pairs, found(0.1).sameOrder], [3, 2]);
  assertEquals([found(0.4).pairs, found(0.4).sameOrder], [2, 2]);
  assertEquals([found(9).pairs, found(9).sameOrder], [0, 0]);
});

Deno.test("agreementOf() refuses distances that are all equal", () => {
  assertThrows(
    () => agreementOf([set(1, 2), set(3, 2)]),
    RangeError,
    "Expected a value at each of two different places",
  );
});

Deno.test("readRight() counts the likeliest classes that are the labels, with a binomial error", () => {
  const probabilities = Float32Array.of(0.6, 0.4, 0.2, 0.8, 0.9, 0.1, 0.5, 0.5);
  const found = readRight({ probabilities, count: 4 }, [0, 1, 1, 0]);
  assertEquals(found.mean, 0.75); // the first of equals is the likeliest
  assertAlmostEquals(found.standardError, Math.sqrt(0.75 * 0.25 / 3), 1e-12);
  assertThrows(
    () => readRight({ probabilities, count: 4 }, [0]),
    RangeError,
    "Expected 4 labels but found 1",
  );
});
