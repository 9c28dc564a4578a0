import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normalQuantile } from "../../../models/distributions/normal_quantile.ts";

const density = (x: number): number =>
  Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);

/** Simpson's rule with 2,000 parts from 0 to x: right to (x/2000)^4 x / 180 max|density''''| < 1e-11 for |x| < 5. */
function integrated(x: number): number {
  const parts = 2000;
  const step = x / parts;
  let sum = density(0) + density(x);
  for (let i = 1; i < parts; i++) sum += (i % 2 ? 4 : 2) * density(i * step);
  return 0.5 + sum * step / 3;
}

/** The tail beyond x by Laplace's continued fraction for Mills' ratio, 200 terms deep: exact to rounding for x > 4. */
function tail(x: number): number {
  let fraction = x;
  for (let k = 200; k >= 1; k--) fraction = x + k / fraction;
  return density(x) / fraction;
}

Deno.test("normalQuantile() inverts the integral of the density", () => {
  for (const p of [1e-6, 0.01, 0.0749, 0.0751, 0.2, 0.5, 0.77, 0.925, 0.999]) {
    assertAlmostEquals(integrated(normalQuantile(p)), p, 1e-11);
  }
});

Deno.test("normalQuantile() inverts the far tail", () => {
  for (const p of [1e-5, 1e-10, 1e-12, 1e-50, 1e-300]) {
    // a rounding of x moves the tail by x^2 roundings of itself
    const x = -normalQuantile(p);
    assertAlmostEquals(tail(x) / p, 1, 4 * x ** 2 * 2 ** -52);
  }
});

Deno.test("normalQuantile() agrees with Python's statistics.NormalDist", () => {
  // python -c "import statistics; print(statistics.NormalDist().inv_cdf(0.025))", CPython 3
  assertAlmostEquals(normalQuantile(0.025), -1.9599639845400538, 1e-15);
  assertAlmostEquals(normalQuantile(0.2), -0.8416212335729142, 1e-15);
  assertAlmostEquals(normalQuantile(0.6), 0.2533471031357998, 1e-15);
});

Deno.test("normalQuantile() is odd about one half", () => {
  assertEquals(normalQuantile(0.5), 0);
  for (const p of [0.25, 0.0625]) { // 1 - p is exact
    assertEquals(normalQuantile(p), -normalQuantile(1 - p));
  }
});

Deno.test("normalQuantile() refuses what is no probability inside (0, 1)", () => {
  for (const p of [0, 1, -0.1, NaN]) {
    assertThrows(
      () => normalQuantile(p),
      RangeError,
      `Expected a probability between 0 and 1 but found ${p}`,
    );
  }
});
