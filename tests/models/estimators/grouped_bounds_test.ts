import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { groupedBounds } from "../../../models/estimators/grouped_bounds.ts";

/** Weights 1, 3, 2, 4, 5 of one item and their squares of another, [sample, item]. */
const logWeights = Float32Array.from(
  [1, 3, 2, 4, 5].flatMap((weight) => [Math.log(weight), 2 * Math.log(weight)]),
);

Deno.test("groupedBounds() of pairs are the logs of their mean weights, without what is left over", () => {
  const bounds = groupedBounds(logWeights, 2, 2);
  const expected = [2, 5, 3, 10].map(Math.log); // [pair, item]
  assertEquals(bounds.length, 4);
  bounds.forEach((bound, i) => assertAlmostEquals(bound, expected[i]!, 1e-6)); // float32
});

Deno.test("groupedBounds() of one are the log weights themselves", () => {
  assertEquals([...groupedBounds(logWeights, 2, 1)], [...logWeights]);
});

Deno.test("groupedBounds() refuses groups larger than the samples", () => {
  assertThrows(
    () => groupedBounds(logWeights, 2, 6),
    RangeError,
    "Expected at least 6 samples but found 5",
  );
});
