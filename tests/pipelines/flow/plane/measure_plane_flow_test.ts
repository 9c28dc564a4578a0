import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createVectorFlow } from "../../../../models/flows/vector_flow.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { measurePlaneFlow } from "../../../../pipelines/flow/plane/measure_plane_flow.ts";
import {
  gridCells,
  LATENT_GRID,
  VIEW_CELLS,
} from "../../../../pipelines/flow/plane/plane_grids.ts";
import { planeTargets } from "../../../../pipelines/flow/plane/plane_targets.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";

Deno.test("measurePlaneFlow() of a flow that has learned nothing measures a standard normal density", async () => {
  using flow = createVectorFlow(
    { size: 2, couplings: 3, hidden: [8] },
    sampleParameter(keyFrom(0)),
  );
  const history = [
    { step: 0, epoch: 0, values: { "validation/kl": 5 } },
    { step: 4, epoch: 0, values: { "train/crossEntropy": 3 } },
    { step: 8, epoch: 0, values: { "validation/kl": 4 } },
  ];
  const { planeCase } = await execute(measurePlaneFlow, {
    ...{ target: "banana", flow, testPoints: 20_000 } as const,
    training: { history, snapshots: [], steps: 8, bestStep: 8 },
  }, { seed: 0, device: "cpu", threads: 1 });
  const { banana } = planeTargets;
  // E|x|^2 = 1 + (E x^4 + 0.25) = 4.25; the variance of |x|^2 / 2 is about 106 / 4
  const cost = 4.25 / 2 + Math.log(2 * Math.PI);
  const error = Math.sqrt(106 / 4 / 20_000);
  const { crossEntropy, kl } = planeCase;
  assertAlmostEquals(crossEntropy.mean, cost, 4 * error);
  assertAlmostEquals(crossEntropy.standardError / error, 1, 0.3);
  assertAlmostEquals(kl.mean, cost - banana.entropy, 5 * error);
  assertEquals(planeCase.entropy, banana.entropy);
  // what a standard normal has between -6 and 6, and between -4 and 36, but for 3.2e-5 below -4
  assertAlmostEquals(planeCase.integral, 1 - 3.17e-5, 1e-5);
  assert(planeCase.inverseError >= 0 && planeCase.inverseError < 1e-6);
  assertEquals(planeCase.history, [{ x: 0, y: 5 }, { x: 8, y: 4 }]);
  const { points } = gridCells(banana.view, VIEW_CELLS);
  const [exact, learned] = planeCase.densities;
  assertEquals([exact.length, learned.length], [
    VIEW_CELLS ** 2,
    VIEW_CELLS ** 2,
  ]);
  for (let i = 0; i < exact.length; i += 97) {
    const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
    assertAlmostEquals(exact[i]!, Math.exp(banana.logProb(x, y)), 1e-6);
    const normal = Math.exp(-(x * x + y * y) / 2) / (2 * Math.PI);
    assertAlmostEquals(learned[i]!, normal, 1e-6);
  }
  const [real, made] = planeCase.points;
  assertEquals([real.length, made.length], [3000, 3000]);
  const square = made.reduce((sum, value) => sum + value ** 2, 0) / 3000;
  assertAlmostEquals(square, 1, 4 * Math.sqrt(2 / 3000));
  // the latents, and what each of three couplings that change nothing leaves of them
  assertEquals(planeCase.grids.length, 4);
  for (const grid of planeCase.grids) {
    assertEquals(grid.length, LATENT_GRID.length);
    for (let i = 0; i < grid.length; i += 13) {
      assertAlmostEquals(grid[i]!, LATENT_GRID[i]!, 1e-6);
    }
  }
});
