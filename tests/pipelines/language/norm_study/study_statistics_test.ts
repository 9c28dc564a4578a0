import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { InitialKind } from "../../../../pipelines/language/norm_study/norm_study_entries.ts";
import type {
  GradientMoment,
  PlaceNorms,
} from "../../../../pipelines/language/place_norms.ts";
import {
  depthExponent,
  growthOf,
  initialsOf,
  ratioOf,
  trainedRatio,
} from "../../../../pipelines/language/norm_study/study_statistics.ts";

function norms(layers: number, of: (layer: number) => number): PlaceNorms {
  const values = Array.from({ length: layers + 1 }, (_, layer) => of(layer));
  return { rms: values, activation: values, weights: values };
}

/** Untrained models whose norms change with a power of the depth, another one in each draw. */
const untrained: readonly InitialKind[] = [8, 2, 4].map((layers) => ({
  normalization: "pre",
  layers,
  stacks: [{
    stack: "",
    layers,
    draws: [-0.4, -0.6].map((power) => norms(layers, () => layers ** power)),
  }],
}));

Deno.test("initialsOf() finds a stack of one normalization, the shallowest first", () => {
  const layers = initialsOf(untrained, "", "pre").map(({ layers }) => layers);
  assertEquals(layers, [2, 4, 8]);
  assertEquals(initialsOf(untrained, "", "post"), []);
  assertEquals(initialsOf(untrained, "decoder", "pre"), []);
});

Deno.test("depthExponent() is the mean of the powers of all draws", () => {
  const { mean, standardError } = depthExponent(
    initialsOf(untrained, "", "pre"),
    "weights",
  );
  assertAlmostEquals(mean, -0.5, 1e-12);
  assertAlmostEquals(standardError, 0.1, 1e-12); // two values 0.2 apart
});

Deno.test("ratioOf() and growthOf() leave out what enters, and average over draws", () => {
  const draws = [2, 3].map((base) =>
    norms(3, (layer) => layer === 0 ? 99 : base ** layer)
  );
  assertAlmostEquals(ratioOf(draws, "weights").mean, 6, 1e-12); // the root of 4 * 9
  assertAlmostEquals(growthOf(draws, "weights").mean, 2.5, 1e-12);
});

Deno.test("trainedRatio() looks at the first, the steepest and the last record of each run", () => {
  const run = (ratios: readonly number[]) => {
    const moments: readonly GradientMoment[] = ratios.map((ratio, i) => ({
      ...norms(2, (layer) => layer === 2 ? ratio : 1),
      step: 10 * i,
    }));
    const gradients = [{ stack: "", layers: 2, moments }];
    const training = { history: [], snapshots: [], steps: 1, bestStep: 1 };
    return { training, gradients, testLoss: 0 };
  };
  const kind = {
    kind: "postnorm-deep",
    normalization: "post",
    layers: 2,
    runs: [run([1, 0.01, 20, 2]), run([1, 0.01, 2, 8])],
  } as const;
  const found = (["start", "steepest", "end"] as const)
    .map((when) => trainedRatio(kind, "activation", when).mean);
  [1, 0.01, 4].forEach((ratio, i) =>
    assertAlmostEquals(found[i]!, ratio, 1e-12)
  );
});
