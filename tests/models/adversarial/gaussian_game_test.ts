import { assertEquals } from "@std/assert";
import { equilibrium } from "../../../models/adversarial/adversarial_losses.ts";
import {
  gaussianGame,
  optimalLogit,
} from "../../../models/adversarial/gaussian_game.ts";
import golden from "../../golden/gan.json" with { type: "json" };

/** The quadratures of both sources promise 1e-12; sums of 20,000 numbers in double precision lose a digit. */
const TOLERANCE = 1e-11;

function assertNear(actual: number, expected: number, name: string): void {
  const isNear = Math.abs(actual - expected) <=
    TOLERANCE * Math.max(1, Math.abs(expected));
  assertEquals(isNear, true, `${name}: ${actual}, not ${expected}`);
}

for (const one of golden.optimalDiscriminator) {
  Deno.test(`the game of Gaussians agrees with scipy: ${one.name}`, () => {
    const [p, q] = [one.p, one.q].map(([mean, deviation]) => ({
      mean: mean!,
      deviation: deviation!,
    })) as [{ mean: number; deviation: number }, {
      mean: number;
      deviation: number;
    }];
    const game = gaussianGame(p, q, one.labelReal);
    assertNear(game.value, one.value, "value");
    assertNear(game.jensenShannon, one.jensenShannon, "jensenShannon");
    assertNear(game.real, one.meanDReal, "real");
    assertNear(game.fake, one.meanDFake, "fake");
    assertNear(game.nonSaturating, one.gLossNonSaturating, "nonSaturating");
    if (one.gradientOfMeanSaturating !== null) {
      assertNear(game.saturatingSlope, one.gradientOfMeanSaturating!, "slope");
      assertNear(
        game.nonSaturatingSlope,
        one.gradientOfMeanNonSaturating!,
        "slope",
      );
    }
    for (const [x, d] of Object.entries(one.dAt)) {
      const logit = optimalLogit(Number(x), p, q, one.labelReal);
      assertNear(1 / (1 + Math.exp(-logit)), d, `D(${x})`);
    }
    if (one.labelReal === 1) {
      assertNear(game.value, 2 * game.jensenShannon - Math.log(4), "identity");
    }
  });
}

Deno.test("the logit of equal variances is a line", () => {
  const logit = (x: number) =>
    optimalLogit(x, { mean: 1, deviation: 2 }, { mean: 3, deviation: 2 });
  // ((m1 - m2) x + (m2^2 - m1^2) / 2) / 4
  assertNear(logit(0), 1, "at 0");
  assertNear(logit(5), 1 - 2.5, "at 5");
});

Deno.test("the slopes of both losses are those of differences, D being held", () => {
  const p = { mean: 0, deviation: 1 };
  const q = { mean: 1, deviation: 0.5 };
  const d = (x: number) => 1 / (1 + Math.exp(-optimalLogit(x, p, q, 0.9)));
  const loss = (mean: number, f: (d: number) => number) => {
    let sum = 0;
    const step = 1e-3;
    for (let z = -8; z <= 8; z += step) {
      sum += Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * step *
        f(d(mean + 0.5 * z));
    }
    return sum;
  };
  const slope = (f: (d: number) => number) =>
    (loss(1 + 1e-4, f) - loss(1 - 1e-4, f)) / 2e-4;
  const game = gaussianGame(p, q, 0.9);
  const near = (a: number, b: number) =>
    assertEquals(Math.abs(a - b) < 1e-6, true, `${a} ${b}`);
  near(game.nonSaturatingSlope, slope((d) => -Math.log(d)));
  near(game.saturatingSlope, slope((d) => Math.log(1 - d)));
});

Deno.test("equilibrium() is the game of equal densities", () => {
  const same = { mean: 0, deviation: 1 };
  for (const target of [1, 0.9, 0.5]) {
    const game = gaussianGame(same, same, target);
    const ns = equilibrium(target, "non-saturating");
    assertNear(ns.discriminator, game.real, "D");
    assertNear(ns.discriminatorLoss, -game.value, "D loss");
    assertNear(ns.generatorLoss, game.nonSaturating, "G loss");
    const s = equilibrium(target, "saturating");
    assertNear(s.generatorLoss, game.saturating, "G loss");
  }
  // log 4; the published numbers for 0.9
  assertNear(
    equilibrium(1, "saturating").discriminatorLoss,
    Math.log(4),
    "log 4",
  );
  const { discriminatorLoss, generatorLoss } = equilibrium(
    0.9,
    "non-saturating",
  );
  assertEquals(
    [discriminatorLoss, generatorLoss].map((x) => x.toFixed(6)),
    ["1.376278", "0.798508"],
  );
});
