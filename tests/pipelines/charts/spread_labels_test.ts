import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { spreadLabels } from "../../../pipelines/charts/spread_labels.ts";

Deno.test("spreadLabels() leaves labels that are far apart", () => {
  const far = [[0, 0], [3, 4]] as const;
  assertEquals(spreadLabels(far, 5), far);
});

Deno.test("spreadLabels() moves two labels by the same way", () => {
  assertEquals(spreadLabels([[0, 0], [0, 2]], 4), [[0, -1], [0, 3]]);
});

Deno.test("spreadLabels() parts ten labels at one place", () => {
  const spread = spreadLabels(
    Array.from({ length: 10 }, () => [1, 1] as const),
    1,
  );
  const distances = spread.flatMap(([x, y], i) =>
    spread.slice(i + 1).map(([u, v]) => Math.hypot(u - x, v - y))
  );
  assertGreater(Math.min(...distances), 0.9);
  assertAlmostEquals(spread.reduce((sum, [x]) => sum + x, 0), 10);
});
