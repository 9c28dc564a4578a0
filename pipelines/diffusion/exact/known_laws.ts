/**
 * Laws of random samplers, likelihoods and guidance on known data.
 * @module
 */
import { guide, guidedFactor } from "../../../models/diffusion/guidance.ts";
import { noiseSchedule } from "../../../models/diffusion/noise_schedule.ts";
import {
  denoise,
  mixtureLogDensity,
  noisyMixture,
  type NormalMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import { flowLogDensity } from "../../../models/diffusion/probability_flow.ts";
import { ddim, eulerAncestral } from "../../../models/samplers/ddim.ts";
import { ddpm } from "../../../models/samplers/ddpm.ts";
import { dpmSolver } from "../../../models/samplers/dpm_solver.ts";
import { outputLaw } from "../../../models/samplers/output_law.ts";
import type { Sampler } from "../../../models/samplers/sampler.ts";
import {
  gridAt,
  type SamplingGrid,
} from "../../../models/samplers/sampling_grid.ts";
import { spacedTimesteps } from "../../../models/samplers/spacing.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import {
  type FlowPoint,
  type GuidancePoint,
  knownData,
  type LawCase,
  type SampledLaw,
} from "./exact_entries.ts";
import { follow, FROM, ratioGrid, TO } from "./line_samplers.ts";

const [{ law: normalLaw }] = knownData;

/** A random sampler, or Euler's method beside them, by name. */
const random: Readonly<Record<string, Sampler>> = {
  "DDIM, eta 0": ddim(),
  "Euler ancestral": eulerAncestral,
  "DDPM, smaller variance": ddpm(),
  "DDPM, larger variance": ddpm({ variance: "larger" }),
};

const chain = noiseSchedule("linear", 1000);

function trailingGrid(steps: number): SamplingGrid {
  const spacing = "trailing";
  return gridAt(chain, spacedTimesteps({ timesteps: 1000, steps, spacing }));
}

/**
 * The exact spread of random samplers' outputs for normal data of standard deviation 1/4.
 *
 * @param steps By which.
 * @returns A case for each sampler.
 */
export function exactLaws(steps: readonly number[]): readonly LawCase[] {
  return Object.entries(random).map(([name, sampler]) => ({
    sampler: name,
    deviations: steps.map((n) => ({
      steps: n,
      deviation: outputLaw(sampler, trailingGrid(n), normalLaw).deviation,
    })),
  }));
}

/**
 * The spread of Euler's ancestral method with ten steps, by samples.
 *
 * @param count Samples.
 * @param key Draws the starts and the noise.
 * @returns The exact and the sampled standard deviation.
 */
export function sampleLaw(count: number, key: Key): SampledLaw {
  const grid = trailingGrid(10);
  const draw = (name: string | number) =>
    Float64Array.from(normal(fold(key, name), count));
  const end = follow(
    eulerAncestral,
    grid,
    draw("start"),
    (x, node) => denoise(normalLaw, x, node).mean,
    draw,
  );
  const mean = end.reduce((sum, x) => sum + x, 0) / count;
  const squares = end.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const sampled = Math.sqrt(squares / (count - 1));
  return {
    exact: outputLaw(eulerAncestral, grid, normalLaw).deviation,
    sampled,
    standardError: sampled / Math.sqrt(2 * (count - 1)),
  };
}

/** Places at which log densities are compared. */
const places = [-2.3, -1.5, -0.4, 0.3, 0.5, 0.9, 1.5, 1.9];

/**
 * The error of log densities by the probability flow from noise 0.001 to 80.
 *
 * @param steps Of Runge and Kutta's method.
 * @returns A point for each.
 */
export function measureFlow(steps: readonly number[]): readonly FlowPoint[] {
  const from = 1e-3;
  const worst = (steps: number, end: "marginal" | "normal") =>
    Math.max(...knownData.flatMap(({ law }) => {
      const noisy = noisyMixture(law, { signal: 1, spread: from });
      return places.map((x) =>
        Math.abs(
          flowLogDensity(law, x, { from, to: FROM, steps, end }) -
            mixtureLogDensity(noisy, x),
        )
      );
    }));
  return steps.map((n) => ({
    steps: n,
    error: worst(n, "marginal"),
    forgetfulError: worst(n, "normal"),
  }));
}

const guided = { conditional: 0.2, unconditional: 1, from: FROM, to: TO };

/**
 * What guidance does to N(0, 0.2^2) among N(0, 1): the spread of guided samples, by formula and by DPM-Solver++ with 160
 * steps.
 *
 * @param guidances g
 * @returns A point for each.
 */
export function measureGuidance(
  guidances: readonly number[],
): readonly GuidancePoint[] {
  const lawOf = (deviation: number): NormalMixture => ({
    weights: [1],
    means: [0],
    deviations: [deviation],
  });
  const [some, all] = [lawOf(guided.conditional), lawOf(guided.unconditional)];
  const grid = ratioGrid(160);
  const [start, end] = [grid.nodes[0]!, grid.nodes.at(-1)!]; // a start and an end
  return guidances.map((guidance) => {
    const moved = follow(
      dpmSolver({ last: "full" }),
      grid,
      Float64Array.of(start.signal * FROM),
      (x, node) =>
        guide(
          [denoise(some, x, node).mean],
          [denoise(all, x, node).mean],
          guidance,
        )[0]!, // as many as were given
    );
    return {
      guidance,
      exact: guidedFactor(guided, guidance) * FROM,
      sampled: moved[0]! / end.signal, // one place
    };
  });
}
