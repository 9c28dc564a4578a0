import { assert, assertEquals, assertRejects } from "@std/assert";
import { planeChart } from "../../../pipelines/charts/plane_chart.ts";

const view = { x: [-1, 1], y: [0, 4] } as const;
const heading = { name: "plane", title: "A plane", columns: 1, view };

Deno.test("planeChart() draws curves in the order of their points, and leaves out points that are out of view", async () => {
  const { spec } = await planeChart({
    ...heading,
    panels: [{
      title: "both",
      layers: [
        {
          kind: "curves",
          points: Float32Array.of(0, 1, -0.5, 2, 0, 3, 0.5, 1),
          pointsOfCurve: 2,
        },
        { kind: "points", points: Float32Array.of(0.25, 0.5, 7, 1), color: 1 },
      ],
    }],
  });
  const text = JSON.stringify(spec);
  assert(text.includes(`{"x":-0.5,"y":2,"curve":0,"at":1}`), text);
  assert(text.includes(`{"x":0,"y":3,"curve":1,"at":2}`), text);
  assert(text.includes(`"x":0.25`) && !text.includes(`"x":7`), text);
  // one unit is as long upwards as across: 4 beside 2
  const [panel] = (spec as { concat: { width: number; height: number }[] })
    .concat;
  assertEquals(panel!.height, 2 * panel!.width);
});

Deno.test("planeChart() refuses to draw nothing, or what has no place", async () => {
  await assertRejects(
    () => planeChart({ ...heading, panels: [] }),
    RangeError,
    "Expected a panel in plane but found none",
  );
  const layers = [
    { kind: "points", points: Float32Array.of(0, NaN) },
  ] as const;
  await assertRejects(
    () => planeChart({ ...heading, panels: [{ title: "a", layers }] }),
    RangeError,
    "Expected finite coordinates in plane but found NaN",
  );
});
