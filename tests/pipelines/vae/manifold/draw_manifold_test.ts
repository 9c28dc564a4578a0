import { assertAlmostEquals, assertEquals } from "@std/assert";
import { quantileGrid } from "../../../../pipelines/vae/manifold/draw_manifold.ts";

Deno.test("quantileGrid() goes right with z1 and down from the highest z2", () => {
  const q = 0.6744897501960817; // the upper quartile of a normal
  const expected = [[-q, q], [q, q], [-q, -q], [q, -q]].flat();
  quantileGrid(2).forEach((value, i) =>
    assertAlmostEquals(value, expected[i]!, 2 ** -24)
  );
});

Deno.test("quantileGrid() of an odd side has the mode in its middle", () => {
  assertEquals([...quantileGrid(3).slice(8, 10)], [0, 0]);
});
