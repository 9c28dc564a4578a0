/**
 * Orders of convergence of deterministic samplers on known data.
 * @module
 */
import {
  denoise,
  mixtureCdf,
  mixtureQuantile,
  noisyMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import { dpmSolver } from "../../../models/samplers/dpm_solver.ts";
import { euler } from "../../../models/samplers/euler.ts";
import { heun } from "../../../models/samplers/heun.ts";
import { lms } from "../../../models/samplers/lms.ts";
import type { Sampler } from "../../../models/samplers/sampler.ts";
import type { SamplingGrid } from "../../../models/samplers/sampling_grid.ts";
import { unipc } from "../../../models/samplers/unipc.ts";
import { fitLine } from "../../statistics/fit_line.ts";
import { type KnownData, knownData, type OrderCase } from "./exact_entries.ts";
import { follow, logGrid, ratioGrid } from "./line_samplers.ts";

/** Deterministic samplers, with their full order up to the end, each on a grid that suits its coordinate. */
const deterministic: readonly (readonly [Sampler, typeof ratioGrid])[] = [
  [euler, ratioGrid],
  [heun, ratioGrid],
  [lms({ order: 2 }), ratioGrid],
  [lms(), ratioGrid],
  [dpmSolver({ last: "full" }), logGrid],
  [dpmSolver({ order: 3, last: "full" }), logGrid],
  [dpmSolver({ order: 3, last: "full", third: "as-published" }), logGrid],
  [unipc({ last: "full" }), logGrid],
];

/**
 * Measures how fast the error of each deterministic sampler falls: from noise 80 to 0.02, against the exact flow, which
 * keeps every quantile.
 *
 * @param steps Ascending, at least four.
 * @returns A case for each sampler and kind of data.
 */
export function measureOrders(steps: readonly number[]): readonly OrderCase[] {
  return deterministic.flatMap(([sampler, gridOf]) =>
    knownData.map((data) => {
      const errors = steps.map((n) => ({
        steps: n,
        error: endError(sampler, gridOf(n), data),
      }));
      const last = errors.slice(-4);
      return {
        sampler: sampler.name,
        order: sampler.order,
        data: data.name,
        errors,
        fit: fitLine(
          last.map((point) => Math.log2(point.steps)),
          last.map((point) => -Math.log2(point.error)),
        ),
      };
    })
  );
}

function endError(
  sampler: Sampler,
  grid: SamplingGrid,
  { law }: KnownData,
): number {
  const [from, to] = [grid.nodes[0]!, grid.nodes.at(-1)!]; // a start and an end
  const start = Float64Array.from(
    { length: 41 },
    (_, i) => from.spread * (4.2 * i / 40 - 2.1),
  );
  const end = follow(
    sampler,
    grid,
    start,
    (x, node) => denoise(law, x, node).mean,
  );
  const [noisy, clean] = [noisyMixture(law, from), noisyMixture(law, to)];
  const squares = end.map((x, i) =>
    (x - mixtureQuantile(clean, mixtureCdf(noisy, start[i]!))) ** 2
  );
  return Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / squares.length) /
    to.signal;
}
