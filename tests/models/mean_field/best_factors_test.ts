import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import {
  bestEqualFactors,
  bestFreeFactors,
} from "../../../models/mean_field/best_factors.ts";
import { coordinateDescent } from "../../../models/mean_field/coordinate_descent.ts";
import {
  factoredEnergy,
  freeEnergy,
} from "../../../models/mean_field/free_energy.ts";
import {
  enumerateNotAllOnes,
  notAllOnes,
} from "../../../models/mean_field/not_all_ones.ts";

const TEMPERATURES = [0.2, 1, 5, 20, 60, 300];
/** Free energies are sums of a few terms of size one. */
const ROUNDING = 1e-14;

Deno.test("notAllOnes() is the sum over all configurations", () => {
  for (const beta of [...TEMPERATURES, 0, Infinity]) {
    const closed = notAllOnes(5, beta);
    const summed = enumerateNotAllOnes(5, beta);
    assertAlmostEquals(closed.logPartition, summed.logPartition, ROUNDING);
    assertAlmostEquals(closed.meanEnergy, summed.meanEnergy, ROUNDING);
  }
});

Deno.test("freeEnergy() of the distribution itself is -log Z, by hand for two fair coins", () => {
  // beta / 4 - 2 log 2
  assertAlmostEquals(freeEnergy([0.5, 0.5], 3), 0.75 - 2 * Math.LN2, ROUNDING);
  assertAlmostEquals(freeEnergy([0.5], 0), -notAllOnes(1, 0).logPartition);
  assertEquals(freeEnergy([0.5, 0.5], Infinity), Infinity);
});

Deno.test("in the limit equal factors are zeros, and free ones a zero beside fair coins", () => {
  const { logPartition } = notAllOnes(3, Infinity); // log 7
  const kl = (factors: readonly number[]) =>
    freeEnergy(factors, Infinity) + logPartition;
  assertAlmostEquals(kl(bestEqualFactors(3, Infinity)), Math.log(7), ROUNDING);
  assertAlmostEquals(
    kl(bestFreeFactors(3, Infinity)),
    Math.log(7 / 4),
    ROUNDING,
  );
  // what a grid search over all three factors finds as well
  const grid = Array.from({ length: 21 }, (_, i) => i / 20);
  const all = grid.flatMap((a) =>
    grid.flatMap((b) => grid.map((c) => kl([a, b, c])))
  );
  assertAlmostEquals(Math.min(...all), Math.log(7 / 4), ROUNDING);
});

Deno.test("bestEqualFactors() of one factor is p itself", () => {
  for (const beta of TEMPERATURES) {
    const [mean] = bestEqualFactors(1, beta);
    assertAlmostEquals(mean!, 1 / (1 + Math.exp(beta)), ROUNDING);
  }
});

Deno.test("two factors become unequal at beta = 1 / (m (1 - m)) with log((1 - m) / m) = 1 / (1 - m)", () => {
  // Where the equal point turns unstable: beta m (1 - m) = 1 beside beta m = log((1 - m) / m); m = 0.2178 by bisection.
  let [low, high] = [0.1, 0.4];
  for (let i = 0; i < 60; i++) {
    const m = (low + high) / 2;
    if (Math.log((1 - m) / m) > 1 / (1 - m)) low = m;
    else high = m;
  }
  const beta = 1 / (low * (1 - low));
  const spread = (beta: number) => {
    const [a, b] = bestFreeFactors(2, beta);
    return Math.abs(a! - b!);
  };
  assertEquals(spread(beta * 0.99), 0);
  assertLess(0.05, spread(beta * 1.01)); // grows like a square root: sqrt(0.01) = 0.1
});

Deno.test("coordinateDescent() meets bestFreeFactors(), and no start is better", () => {
  for (const beta of TEMPERATURES) {
    const best = freeEnergy(bestFreeFactors(4, beta), beta);
    const starts = [[0.1, 0.5, 0.6, 0.7], [0.4, 0.4, 0.41, 0.4], [0, 1, 1, 1]];
    const ends = starts.map((start) =>
      freeEnergy(coordinateDescent(start, beta), beta)
    );
    assertAlmostEquals(Math.min(...ends), best, ROUNDING);
  }
});

Deno.test("the slope of the best free energy is the mean energy of its factors", () => {
  const width = 1e-4;
  for (const beta of TEMPERATURES) {
    const at = (beta: number) => freeEnergy(bestFreeFactors(3, beta), beta);
    const slope = (at(beta + width) - at(beta - width)) / (2 * width);
    // second order in the width, and roundings of numbers of size one over the width
    const energy = factoredEnergy(bestFreeFactors(3, beta));
    assertAlmostEquals(slope, energy, width ** 2 + 4 * 2 ** -52 / width);
  }
});

Deno.test("no product of factors has a free energy below -log Z", () => {
  for (const beta of TEMPERATURES) {
    const least = -notAllOnes(4, beta).logPartition;
    assertLess(least, freeEnergy(bestFreeFactors(4, beta), beta));
    assertLess(
      freeEnergy(bestFreeFactors(4, beta), beta),
      freeEnergy(bestEqualFactors(4, beta), beta) + ROUNDING,
    );
  }
});

Deno.test("the energy of no factors is 1, and coordinate descent of one alone ends at p", () => {
  assertEquals(factoredEnergy([]), 1);
  const [mean] = coordinateDescent([0.9], 2);
  assertAlmostEquals(mean!, 1 / (1 + Math.exp(2)), ROUNDING);
});
