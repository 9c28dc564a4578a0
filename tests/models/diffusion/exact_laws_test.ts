import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertThrows,
} from "@std/assert";
import { priorTerm } from "../../../models/diffusion/bound_terms.ts";
import {
  guide,
  guidedFactor,
  neededBy,
} from "../../../models/diffusion/guidance.ts";
import {
  logSnr,
  noiseSchedule,
  scheduleOf,
} from "../../../models/diffusion/noise_schedule.ts";
import {
  mixtureCdf,
  mixtureQuantile,
  type NormalMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import { flowLogDensity } from "../../../models/diffusion/probability_flow.ts";
import golden from "../../golden/diffusion/exact.json" with { type: "json" };

const A: NormalMixture = { weights: [1], means: [0.5], deviations: [0.25] };
const B: NormalMixture = {
  weights: [0.3, 0.7],
  means: [-2, 1.5],
  deviations: [0.5, 0.25],
};
Deno.test("the probability flow gives log densities, with the error of its steps", () => {
  for (
    const [data, wanted] of [[A, golden.flowA], [B, golden.flowB]] as const
  ) {
    const error = (steps: number, end: "marginal" | "normal") =>
      Math.max(...wanted.x.map((x, i) =>
        Math.abs(
          flowLogDensity(data, x, { from: 1e-3, to: 80, steps, end }) -
            wanted.log_p_sigma_1e3[i]!,
        )
      ));
    assertLess(error(200, "marginal"), 6e-5);
    assertLess(error(800, "marginal"), 3e-7);
    assertAlmostEquals(
      error(800, "normal"),
      data === A ? 0.0694 : 0.0104,
      2e-4,
    );
  }
});

Deno.test("guidance shrinks a normal law as s^g S^(1 - g)", () => {
  const normals = { conditional: 0.2, unconditional: 1, from: 80, to: 0.002 };
  for (const [g, exact] of Object.entries(golden.guidance)) {
    assertAlmostEquals(guidedFactor(normals, Number(g)) / exact, 1, 1e-12);
    const clean = guidedFactor({ ...normals, to: 0 }, Number(g)) * 80;
    // N(0, 80^2 + ...) at the start, up to (s / 80)^2
    assertAlmostEquals(clean / 0.2 ** Number(g), 1, 1e-3);
  }
});

Deno.test("guide() is exact at 0 and 1, and replaces one prediction by the other", () => {
  assertEquals([...guide([0.1], [1e20], 1)], [0.1]);
  assertEquals([...guide([0.1], [0.7], 0)], [0.7]);
  assertEquals([...guide([3], [1], 2)], [5]);
  assertEquals([...guide([3], [3], 7.5)], [3]);
  assertEquals([0, 1, 2].map(neededBy), ["negative", "prompt", "both"]);
  assertThrows(() => guide([1], [1, 2], 2), RangeError, "equal length");
});

Deno.test("quantiles invert the distribution function", () => {
  for (const p of [1e-9, 0.1, 0.29, 0.5, 0.999]) {
    assertAlmostEquals(mixtureCdf(B, mixtureQuantile(B, p)) / p, 1, 1e-12);
    const unlike = { ...B, means: [0, 0.1], deviations: [0.01, 4] }; // the wide one rules far out
    const place = mixtureQuantile(unlike, p);
    assertAlmostEquals(mixtureCdf(unlike, place) / p, 1, 1e-12);
  }
});

Deno.test("schedules refuse what is none", () => {
  assertThrows(() => noiseSchedule("linear", 1), RangeError, "at least 2");
  assertThrows(
    () => scheduleOf(Float64Array.of(0.1, 1, 0.2)),
    RangeError,
    "Expected betas between 0 and 1 but found 1 at timestep 1",
  );
  assertThrows(
    () => logSnr(noiseSchedule("cosine", 10), 10),
    RangeError,
    "Expected a whole timestep from 0 to 9 but found 10",
  );
  const { alphaBars } = noiseSchedule("linear", 1000);
  const last = alphaBars.at(-1)!;
  const expected = (last * 0.3 - last - Math.log(1 - last)) / 2;
  assertAlmostEquals(
    priorTerm(noiseSchedule("linear", 1000), 0.3),
    expected,
    1e-15,
  );
});
