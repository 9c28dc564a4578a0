import { assertAlmostEquals } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { gridCells } from "../../../../pipelines/flow/plane/plane_grids.ts";
import {
  planeTargetNames,
  planeTargets,
} from "../../../../pipelines/flow/plane/plane_targets.ts";
import { logProbs } from "../../../../pipelines/flow/plane/train_plane_flow.ts";
import { meanAndError } from "../../../../pipelines/statistics/mean_and_error.ts";

/** By quadrature in PyTorch with another grid (mixture, ring), and ln(2 pi e) + ln 0.5 (banana). */
const entropies = {
  mixture: 1.0920405138,
  ring: 1.6980612997,
  banana: 2.1447298858,
};

for (const name of planeTargetNames) {
  const { entropy, logProb, sample, whole } = planeTargets[name];

  Deno.test(`${name}: the entropy is that of a second quadrature`, () => {
    // the second one rounds logarithms of weights, of size two, to single precision: 2^-23 each
    assertAlmostEquals(entropy, entropies[name], 2 ** -22);
  });

  Deno.test(`${name}: the density integrates to 1`, () => {
    const { points, area } = gridCells(whole, 500);
    const mass = logProbs(logProb, points)
      .reduce((sum, log) => sum + Math.exp(log), 0) * area;
    assertAlmostEquals(mass, 1, 1e-6); // points are rounded to single precision
  });

  Deno.test(`${name}: sampled points cost the entropy`, () => {
    const points = sample(keyFrom(5), 20_000);
    const { mean, standardError } = meanAndError(
      logProbs(logProb, points).map((log) => -log),
    );
    assertAlmostEquals(mean, entropy, 4 * standardError);
  });
}
