import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { latentGrid } from "../../../models/estimators/latent_grid.ts";

/** The integral of a standard normal density over a grid, on all points or on every second along each side. */
function normalMass(latent: number, spacing: "fine" | "coarse"): number {
  const { points, count, logCell, isCoarse } = latentGrid(latent, 6);
  const cell = Math.exp(logCell) * (spacing === "fine" ? 1 : 2 ** latent);
  let mass = 0;
  for (let point = 0; point < count; point++) {
    if (spacing === "coarse" && !isCoarse(point)) continue;
    const z = points.subarray(point * latent, (point + 1) * latent);
    const squares = z.reduce((sum, x) => sum + x * x, 0);
    mass += cell * Math.exp(-squares / 2) / (2 * Math.PI) ** (latent / 2);
  }
  return mass;
}

for (const latent of [1, 2, 3]) {
  Deno.test(`latentGrid() of ${latent} dimensions integrates a standard normal to one`, () => {
    // 2e-9 lies outside along each side; the points are float32
    assertAlmostEquals(normalMass(latent, "fine"), 1, 1e-7);
    assertAlmostEquals(normalMass(latent, "coarse"), 1, 1e-7);
  });
}

Deno.test("latentGrid() is a cube around the origin, and so is every second of its points", () => {
  const { points, count, isCoarse } = latentGrid(2, 0.1); // two intervals of 0.05 on each side
  assertEquals(count, 25);
  assertEquals([...points.subarray(0, 2)], [
    Math.fround(-0.1),
    Math.fround(-0.1),
  ]);
  assertEquals([...points.subarray(24, 26)], [0, 0]);
  const coarse = Array.from({ length: count }, (_, i) => i).filter(isCoarse);
  assertEquals(coarse.length, 9);
  assertEquals([coarse[0], coarse.at(-1)], [0, 24]);
});

Deno.test("latentGrid() refuses latent vectors that are too long", () => {
  assertThrows(
    () => latentGrid(4, 6),
    RangeError,
    "Expected latent to be from 1 to 3 for quadrature but found 4",
  );
});

Deno.test("latentGrid() that reaches far has points farther apart, not more of them", () => {
  const { points, count } = latentGrid(2, 50);
  assertEquals(count, 501 ** 2);
  assertEquals([points[0], points[2]], [-50, Math.fround(-49.8)]);
});

Deno.test("latentGrid() has its own spacing and most points for each length of latent vectors", () => {
  const cases = [
    { latent: 1, spacing: 0.005, most: 5000 },
    { latent: 2, spacing: 0.05, most: 250 },
    { latent: 3, spacing: 0.12, most: 60 },
  ];
  for (const { latent, spacing, most } of cases) {
    const near = latentGrid(latent, 2 * spacing);
    assertEquals(near.count, 5 ** latent);
    assertAlmostEquals(near.logCell, latent * Math.log(spacing), 1e-12);
    const far = latentGrid(latent, 1000);
    assertEquals(far.count, (2 * most + 1) ** latent);
    assertAlmostEquals(far.logCell, latent * Math.log(1000 / most), 1e-12);
  }
});
