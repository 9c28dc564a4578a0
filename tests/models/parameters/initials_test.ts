import { assertAlmostEquals } from "@std/assert";
import {
  fanInUniform,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
} from "../../../models/parameters/initials.ts";
import type { Initial } from "../../../models/parameters/parameters.ts";

function variance(initial: Initial): number {
  switch (initial.kind) {
    case "constant":
      return 0;
    case "normal":
      return initial.standardDeviation ** 2;
    case "uniform":
      return initial.limit ** 2 / 3; // of a uniform number in (-limit, limit)
  }
}

Deno.test("initial weights have the variances that their papers ask for", () => {
  const glorot = 2 / (784 + 500);
  const he = 2 / 784;
  assertAlmostEquals(variance(glorotUniform(784, 500)), glorot, 1e-15);
  assertAlmostEquals(variance(glorotNormal(784, 500)), glorot, 1e-15);
  assertAlmostEquals(variance(heUniform(784)), he, 1e-15);
  assertAlmostEquals(variance(heNormal(784)), he, 1e-15);
  assertAlmostEquals(variance(lecunUniform(784)), 1 / 784, 1e-15);
  assertAlmostEquals(variance(lecunNormal(784)), 1 / 784, 1e-15);
  assertAlmostEquals(variance(fanInUniform(784)), 1 / (3 * 784), 1e-15);
});
