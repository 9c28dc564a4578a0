import { assertAlmostEquals, assertEquals } from "@std/assert";
import { follow } from "../../../../pipelines/images/digits/spline.ts";

Deno.test("follow() passes through the points of a stroke", () => {
  const path = follow([[0, 0], [1, 3], [2, 1]], 4);
  assertEquals(path.length, 2 * 4 + 1);
  assertEquals([path[0], path[4], path[8]], [[0, 0], [1, 3], [2, 1]]);
});

Deno.test("follow() keeps evenly spaced points on a line", () => {
  // Inside, the spline of a linear sequence is linear: at t = 1/2 the mean of the neighbours.
  const path = follow([[0, 0], [1, 2], [2, 4], [3, 6]], 2);
  assertAlmostEquals(path[3]![0], 1.5);
  assertAlmostEquals(path[3]![1], 3);
});

Deno.test("follow() turns sharply at a corner", () => {
  // Down, then right: without the corner the curve swings below the corner point (y > 1).
  const lowest = (path: readonly (readonly [number, number])[]) =>
    Math.max(...path.map(([, y]) => y));
  const smooth = follow([[0, 0], [0, 1], [1, 1], [2, 1]], 8);
  const sharp = follow([[0, 0], [0, 1, "corner"], [1, 1], [2, 1]], 8);
  assertEquals(lowest(sharp), 1);
  assertEquals(lowest(smooth) > 1.01, true);
});
