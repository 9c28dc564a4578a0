import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import {
  isDrawn,
  type Point,
  thinPoints,
} from "../../../pipelines/charts/thin_points.ts";

const ramp: readonly Point[] = Array.from(
  { length: 20_000 },
  (_, i) => ({ x: i, y: i % 2 }),
);

Deno.test("thinPoints() leaves a series of 1,000 points as it is", () => {
  const short = ramp.slice(0, 1000);
  assert(thinPoints(short, "range") === short);
});

Deno.test("thinPoints() makes 250 points of 20,000", () => {
  assertEquals(thinPoints(ramp, "range").length, 250);
});

Deno.test("thinPoints() takes the mean of 80 neighbours", () => {
  const [first] = thinPoints(ramp, "mean"); // x: 0..79, y: 0 and 1 in turn
  assertEquals(first, { x: 39.5, y: 0.5 });
});

Deno.test("thinPoints() with a range keeps a spike that the mean hides", () => {
  const spiked = ramp.map((point) =>
    point.x === 777 ? { x: 777, y: 40 } : point
  );
  const thinned = thinPoints(spiked, "range");
  assertEquals(Math.max(...thinned.map(({ upper = 0 }) => upper)), 40);
  assertLessOrEqual(Math.max(...thinned.map(({ y }) => y)), 1);
});

Deno.test("thinPoints() takes the mean of the ends of intervals", () => {
  const banded = ramp.map((point) => ({ ...point, lower: -1, upper: 3 }));
  const [first] = thinPoints(banded, "mean");
  assertEquals(first, { x: 39.5, y: 0.5, lower: -1, upper: 3 });
});

Deno.test("thinPoints() keeps a gap", () => {
  const broken = ramp.map((point) =>
    point.x === 777 ? { x: 777, y: NaN } : point
  );
  const gaps = thinPoints(broken, "mean").filter((point) => !isDrawn(point));
  assertEquals(gaps, [{ x: 777, y: NaN }]);
});

Deno.test("thinPoints() along a logarithm keeps the early points apart", () => {
  const late = ramp.slice(1);
  const thinned = thinPoints(late, "mean", Math.log);
  assertEquals(thinned.slice(0, 3).map(({ x }) => x), [1, 2, 3]);
});
