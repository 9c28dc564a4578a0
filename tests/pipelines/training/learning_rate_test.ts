import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  learningRateAt,
  type Schedule,
} from "../../../pipelines/training/learning_rate.ts";

const base = { learningRate: 0.01, warmUp: 4, steps: 104 } as const;

function ratesAt(
  decay: Schedule["decay"],
  steps: readonly number[],
): readonly number[] {
  return steps.map((step) => learningRateAt(step, { ...base, decay }));
}

/** Equal but for the rounding of a few operations. */
function assertRates(
  found: readonly number[],
  expected: readonly number[],
): void {
  assertEquals(found.length, expected.length);
  found.forEach((rate, i) => assertAlmostEquals(rate, expected[i]!, 1e-16));
}

Deno.test("learningRateAt() rises in a line to the highest rate", () => {
  assertRates(ratesAt("constant", [0, 1, 2, 3, 4, 103]), [
    0.0025,
    0.005,
    0.0075,
    0.01,
    0.01,
    0.01,
  ]);
});

Deno.test("learningRateAt() falls by a cosine to a tenth", () => {
  const half = 0.01 * (0.1 + 0.9 / 2); // the middle of the wave
  assertRates(ratesAt("cosine", [3, 4, 54, 104, 200]), [
    0.01,
    0.01,
    half,
    0.001,
    0.001,
  ]);
});

Deno.test("learningRateAt() falls with the root of the step, which doubles four times later", () => {
  assertRates(ratesAt("inverse-root", [3, 15, 63]), [0.01, 0.005, 0.0025]);
});

Deno.test("learningRateAt() begins at the highest rate without a warm-up", () => {
  for (const decay of ["constant", "cosine", "inverse-root"] as const) {
    const cold = { ...base, warmUp: 0, decay };
    assertEquals(learningRateAt(0, cold), 0.01);
  }
});

Deno.test("learningRateAt() falls in a line to nothing", () => {
  assertRates(ratesAt("linear", [3, 4, 54, 79, 104]), [
    ...[0.01, 0.01],
    ...[0.005, 0.0025],
    0,
  ]);
});

Deno.test("learningRateAt() is finite where a warm-up leaves one step, or none", () => {
  for (const decay of ["cosine", "linear"] as const) {
    const last = (step: number, steps: number) =>
      learningRateAt(step, { ...base, steps, decay });
    assertEquals(last(4, 5), 0.01);
    assertAlmostEquals(last(5, 5), decay === "cosine" ? 0.001 : 0, 1e-16);
  }
  const full = { ...base, steps: 4 };
  assertEquals(learningRateAt(4, { ...full, decay: "cosine" }), 0.01);
  assertEquals(learningRateAt(4, { ...full, decay: "linear" }), 0);
});
