/**
 * Samplers by the name of a flag, each with its grid for pixels.
 * @module
 */
import { checkChoice } from "../../compile/check_choice.ts";
import type { NoiseSchedule } from "../../models/diffusion/noise_schedule.ts";
import { ddim, eulerAncestral } from "../../models/samplers/ddim.ts";
import { ddpm } from "../../models/samplers/ddpm.ts";
import { dpmSolver } from "../../models/samplers/dpm_solver.ts";
import { euler } from "../../models/samplers/euler.ts";
import { heun } from "../../models/samplers/heun.ts";
import { lms } from "../../models/samplers/lms.ts";
import { pndm } from "../../models/samplers/pndm.ts";
import type { Sampler } from "../../models/samplers/sampler.ts";
import {
  gridAt,
  karrasGrid,
  type SamplingGrid,
} from "../../models/samplers/sampling_grid.ts";
import {
  spacedTimesteps,
  type SpacingOptions,
} from "../../models/samplers/spacing.ts";
import { unipc } from "../../models/samplers/unipc.ts";

/** A sampler and how its timesteps are spread. */
interface Named {
  readonly sampler: Sampler;
  readonly spacing: Pick<SpacingOptions, "spacing" | "zero"> | "karras";
  /** Whether it adds noise in its steps. */
  readonly isRandom?: true;
}

/** The name of a sampler. */
export type SamplerName =
  | "lms"
  | "euler"
  | "euler-ancestral"
  | "dpm1"
  | "dpm2"
  | "dpm2-karras"
  | "dpm3"
  | "ddim"
  | "ddpm"
  | "ddpm-larger"
  | "pndm"
  | "heun"
  | "unipc";

const named: Readonly<Record<SamplerName, Named>> = {
  "lms": { sampler: lms(), spacing: {} },
  "euler": { sampler: euler, spacing: {} },
  "euler-ancestral": { sampler: eulerAncestral, spacing: {}, isRandom: true },
  "dpm1": { sampler: dpmSolver({ order: 1 }), spacing: { zero: "left-out" } },
  "dpm2": { sampler: dpmSolver(), spacing: { zero: "left-out" } },
  "dpm2-karras": { sampler: dpmSolver(), spacing: "karras" },
  "dpm3": { sampler: dpmSolver({ order: 3 }), spacing: { zero: "left-out" } },
  "ddim": { sampler: ddim(), spacing: { spacing: "trailing" } },
  "ddpm": {
    sampler: ddpm(),
    spacing: { spacing: "trailing" },
    isRandom: true,
  },
  "ddpm-larger": {
    sampler: ddpm({ variance: "larger" }),
    spacing: { spacing: "trailing" },
    isRandom: true,
  },
  "pndm": { sampler: pndm(), spacing: { spacing: "trailing" } },
  "heun": { sampler: heun, spacing: {} },
  "unipc": { sampler: unipc(), spacing: { zero: "left-out" } },
};

/** All names, deterministic and random. */
export const samplerNames: readonly [SamplerName, ...SamplerName[]] = Object
  .keys(named) as [SamplerName, ...SamplerName[]]; // the keys of the table

/** Whether a sampler adds noise in its steps. */
export function addsNoise(name: SamplerName): boolean {
  return named[name].isRandom ?? false;
}

/**
 * Finds a sampler and makes its grid, whose timesteps are not rounded.
 *
 * @param name Which one.
 * @param schedule Of the model.
 * @param steps Of the sampler.
 * @returns The sampler and its grid.
 * @throws {RangeError} If there is no sampler of that name, or if there are more steps than timesteps.
 */
export function samplerByName(
  name: SamplerName,
  schedule: NoiseSchedule,
  steps: number,
): { readonly sampler: Sampler; readonly grid: SamplingGrid } {
  checkChoice("the sampler", name, samplerNames);
  const { sampler, spacing } = named[name];
  const { noiseRatios } = schedule;
  const timesteps = noiseRatios.length;
  if (steps > timesteps) {
    throw new RangeError(
      `Expected at most ${timesteps} steps but found ${steps}`,
    );
  }
  const grid = spacing === "karras"
    ? karrasGrid(schedule, {
      steps,
      from: noiseRatios.at(-1)!, // at least two timesteps
      to: noiseRatios[0]!,
    })
    : gridAt(schedule, spacedTimesteps({ timesteps, steps, ...spacing }));
  return { sampler, grid };
}
