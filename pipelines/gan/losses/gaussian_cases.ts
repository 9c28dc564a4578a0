/**
 * Pairs of densities whose game is solved exactly.
 * @module
 */
import type { Gaussian } from "../../../models/adversarial/gaussian_game.ts";
import type { GaussianCase } from "./loss_study.ts";

/** The pairs whose discriminators are learned. */
export const gaussianCases: readonly GaussianCase[] = [
  { name: "shift-2", title: "q = N(2, 1)", ...pair(2, 1), target: 1 },
  { name: "shift-4", title: "q = N(4, 1)", ...pair(4, 1), target: 1 },
  { name: "scale-2", title: "q = N(0, 4)", ...pair(0, 2), target: 1 },
  {
    name: "shift-2-smoothed",
    title: "q = N(2, 1), target 0.9",
    ...pair(2, 1),
    target: 0.9,
  },
];

function pair(
  mean: number,
  deviation: number,
): { readonly p: Gaussian; readonly q: Gaussian } {
  return { p: { mean: 0, deviation: 1 }, q: { mean, deviation } };
}
