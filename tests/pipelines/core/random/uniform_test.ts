import { assertEquals, assertLess } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { permutation } from "../../../../pipelines/core/random/permutation.ts";
import { uniform } from "../../../../pipelines/core/random/uniform.ts";

Deno.test("uniform() fills 100 equal bins within five standard errors", () => {
  const count = 1_000_000;
  const bins = new Float64Array(100);
  for (const u of uniform(keyFrom(0), count)) bins[Math.floor(u * 100)]!++;
  const expected = count / 100;
  for (const found of bins) {
    assertLess(Math.abs(found - expected), 5 * Math.sqrt(expected));
  }
});

Deno.test("permutation() holds every number once", () => {
  const order = permutation(keyFrom(1), 1000);
  assertEquals([...order].sort((a, b) => a - b), [...Array(1000).keys()]);
});

Deno.test("permutation() gives each of the 6 orders of 3 equally often", () => {
  const trials = 60_000;
  const counts = new Map<string, number>();
  for (let seed = 0; seed < trials; seed++) {
    const order = String(permutation(keyFrom(seed), 3));
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  for (const count of counts.values()) {
    const standardError = Math.sqrt(trials * (1 / 6) * (5 / 6));
    assertLess(Math.abs(count - trials / 6), 5 * standardError);
  }
});
