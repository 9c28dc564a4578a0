import { assertEquals, assertLess } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";

const COUNT = 2_000_000;

Deno.test("normal() has the moments of N(0, 1) within five standard errors", () => {
  const values = normal(keyFrom(0), COUNT);
  // Var of x, x^2, x^3, x^4 under N(0, 1): E x^2n - (E x^n)^2 = 1, 2, 15, 96
  const moments = [[0, 1], [1, 2], [0, 15], [3, 96]] as const;
  moments.forEach(([expected, variance], i) => {
    let sum = 0;
    for (const x of values) sum += x ** (i + 1);
    const error = Math.abs(sum / COUNT - expected);
    assertLess(error, 5 * Math.sqrt(variance / COUNT), `moment ${i + 1}`);
  });
});

/** P(|X| > x) for X of N(0, 1): math.erfc(x / sqrt(2)) of Python 3.11. */
const tails = [
  [0.5, 0.6170750774519738],
  [1, 0.31731050786291415],
  [2, 0.04550026389635842],
  [3, 0.0026997960632601866],
  [3.442619855899, 0.0005761085123916405], // where the ziggurat's own tail begins
  [4, 6.334248366623996e-05],
] as const;

Deno.test("normal() has the tails of N(0, 1), also beyond the last layer", () => {
  const values = normal(keyFrom(1), COUNT);
  for (const [x, expected] of tails) {
    const share = values.filter((value) => Math.abs(value) > x).length / COUNT;
    const standardError = Math.sqrt(expected * (1 - expected) / COUNT);
    assertLess(Math.abs(share - expected), 5 * standardError, `beyond ${x}`);
  }
});

Deno.test("normal() draws number i from the key and i alone", () => {
  const whole = normal(keyFrom(2), 1001);
  const part = normal(keyFrom(2), 501, new Float32Array(501), 500);
  assertEquals(part, whole.slice(500));
});

Deno.test("normal() draws uncorrelated neighbours", () => {
  const values = normal(keyFrom(3), COUNT);
  let sum = 0;
  for (let i = 1; i < COUNT; i++) sum += values[i]! * values[i - 1]!;
  assertLess(Math.abs(sum / COUNT), 5 / Math.sqrt(COUNT));
});
