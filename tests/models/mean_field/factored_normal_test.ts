import { assertAlmostEquals } from "@std/assert";
import {
  bestFactoredNormal,
  optimizeFactoredNormal,
} from "../../../models/mean_field/factored_normal.ts";
import { goldenSection } from "../../../models/mean_field/golden_section.ts";

Deno.test("bestFactoredNormal() at correlation 0.9 has variance 0.19 and KL 0.8304", () => {
  const { variance, kl } = bestFactoredNormal(0.9);
  assertAlmostEquals(variance, 0.19, 1e-15);
  assertAlmostEquals(kl, 0.8304, 5e-5); // four decimals
});

Deno.test("optimizeFactoredNormal() meets the closed form", () => {
  for (const correlation of [-0.99, -0.5, 0, 0.3, 0.9]) {
    const exact = bestFactoredNormal(correlation);
    const found = optimizeFactoredNormal(correlation);
    // a minimum's place is right to the root of a rounding, 1.5e-8, times the few roundings of the divergence
    assertAlmostEquals(found.variance, exact.variance, 1e-6);
    assertAlmostEquals(found.kl, exact.kl, 1e-13);
  }
});

Deno.test("goldenSection() finds the minimum of a parabola, and one at an end", () => {
  assertAlmostEquals(goldenSection((x) => (x - 2) ** 2, -5, 4), 2, 1e-7); // root of a rounding
  assertAlmostEquals(goldenSection((x) => x, -1, 1), -1, 1e-12);
});
