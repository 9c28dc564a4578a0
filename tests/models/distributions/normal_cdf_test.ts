import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import {
  logNormalMass,
  logUpperTail,
  normalCdf,
} from "../../../models/distributions/normal_cdf.ts";
import { normalQuantile } from "../../../models/distributions/normal_quantile.ts";

Deno.test("normalCdf() inverts normalQuantile()", () => {
  for (const p of [1e-12, 1e-5, 0.0013, 0.2, 0.5, 0.9, 0.9999]) {
    assertAlmostEquals(normalCdf(normalQuantile(p)) / p, 1, 1e-12);
  }
});

Deno.test("logUpperTail() is that of tables far out, and continuous where its form changes", () => {
  // Q(3), Q(5), Q(10): Abramowitz & Stegun 1964, tables 26.1 and 26.2
  assertAlmostEquals(logUpperTail(3), Math.log(1.3498980316300945e-3), 1e-13);
  assertAlmostEquals(logUpperTail(5), Math.log(2.866515718791939e-7), 1e-13);
  assertAlmostEquals(logUpperTail(10), Math.log(7.619853024160527e-24), 1e-13);
  assertAlmostEquals(logUpperTail(40) / -804.608442, 1, 1e-8);
  const jump = logUpperTail(3 + 1e-12) - logUpperTail(3);
  assertLess(Math.abs(jump), 1e-11);
});

Deno.test("logNormalMass() keeps its digits on both sides, and adds up to 1", () => {
  assertAlmostEquals(
    logNormalMass(10, 11),
    logNormalMass(-11, -10),
    1e-15,
  );
  const near = logNormalMass(30, 30.1);
  // density at 30 times (1 - e^-3) / 30, to 1e-3
  assertAlmostEquals(
    near,
    -450 - Math.log(2 * Math.PI) / 2 + Math.log((1 - Math.exp(-3.005)) / 30),
    2e-3,
  );
  const edges = [-Infinity, -4, -1, 0.3, 2, Infinity];
  const total = edges.slice(1)
    .reduce(
      (sum, high, i) => sum + Math.exp(logNormalMass(edges[i]!, high)),
      0,
    );
  assertAlmostEquals(total, 1, 1e-15);
  assertEquals(logNormalMass(-Infinity, Infinity), 0);
});
