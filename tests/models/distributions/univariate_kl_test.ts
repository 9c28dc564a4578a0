import { assertAlmostEquals, assertEquals } from "@std/assert";
import { FullNormal } from "../../../models/distributions/full_normal.ts";
import { univariateKl } from "../../../models/distributions/univariate_kl.ts";

Deno.test("univariateKl() of N(1, 4) to N(3, 2) is 3/2 - log(2) / 2", () => {
  // (4/2 + 4/2 - 1 - log 2) / 2
  const kl = univariateKl({ mean: 1, variance: 4 }, { mean: 3, variance: 2 });
  assertAlmostEquals(kl, 1.5 - Math.LN2 / 2, 1e-15);
});

Deno.test("univariateKl() is FullNormal.kl() of one number, and zero to itself", () => {
  const q = { mean: -0.7, variance: 0.3 };
  const p = { mean: 0.2, variance: 1.7 };
  const full = new FullNormal([q.mean], [[q.variance]])
    .kl(new FullNormal([p.mean], [[p.variance]]));
  assertAlmostEquals(univariateKl(q, p), full, 1e-15); // a few roundings of numbers near one
  assertEquals(univariateKl(p, p), 0);
});
