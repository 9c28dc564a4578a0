/**
 * The places in noise that a sampler visits, in double precision.
 * @module
 */
import type { NoiseSchedule } from "../diffusion/noise_schedule.ts";
import type { Mixing } from "../diffusion/prediction.ts";

/** A place on the way from noise to an image: x = signal * image + spread * noise, signal^2 + spread^2 = 1. */
export interface GridNode extends Mixing {
  /** What the network is told, which may be fractional. */
  readonly timestep: number;
  /** spread / signal, from Infinity (no signal) to 0 (no noise). */
  readonly ratio: number;
}

/** The nodes of N steps, from the noisiest to the end: N + 1. */
export interface SamplingGrid {
  /** In the order in which they are reached. */
  readonly nodes: readonly GridNode[];
}

/**
 * Where the last step ends: without noise, or with that of timestep 0 of the schedule.
 *
 * With `least-noise` the result keeps noise of standard deviation sqrt(1 - alphaBar_0).
 */
export type GridEnd = "clean" | "least-noise";

/**
 * Makes a node.
 *
 * @param timestep What the network is told.
 * @param ratio Noise over signal, not negative.
 * @returns The node.
 */
export function gridNode(timestep: number, ratio: number): GridNode {
  return ratio === Infinity ? { timestep, ratio, signal: 0, spread: 1 } : {
    timestep,
    ratio,
    signal: 1 / Math.hypot(1, ratio),
    spread: ratio / Math.hypot(1, ratio),
  };
}

/**
 * Noise over signal at a timestep: that of the schedule at whole ones, and on the line between two of them elsewhere.
 *
 * @param schedule The schedule.
 * @param timestep From 0 to T - 1.
 * @returns The ratio.
 * @throws {RangeError} If the timestep lies outside, or between the last two of a schedule that ends without signal.
 */
export function ratioAt(
  { noiseRatios }: NoiseSchedule,
  timestep: number,
): number {
  const last = noiseRatios.length - 1;
  if (!(timestep >= 0 && timestep <= last)) {
    throw new RangeError(
      `Expected a timestep from 0 to ${last} but found ${timestep}`,
    );
  }
  const below = Math.floor(timestep);
  const low = noiseRatios[below]!; // in range
  if (below === timestep) return low;
  const high = noiseRatios[below + 1]!;
  if (high === Infinity) {
    throw new RangeError(
      `Expected a whole timestep next to one without signal but found ${timestep}`,
    );
  }
  return low + (timestep - below) * (high - low);
}

/**
 * Makes the grid of timesteps.
 *
 * @param schedule The schedule.
 * @param timesteps Descending, at least one.
 * @param end Where the last step ends.
 * @returns The grid.
 * @throws {RangeError} If the timesteps do not descend: two equal ones would divide by zero.
 */
export function gridAt(
  schedule: NoiseSchedule,
  timesteps: readonly number[],
  end: GridEnd = "clean",
): SamplingGrid {
  const nodes = timesteps.map((t) => gridNode(t, ratioAt(schedule, t)));
  return closeGrid(schedule, nodes, end);
}

/**
 * Makes a grid whose noise ratios lie evenly in their 1/7th power.
 *
 * Source: Karras et al. 2022, eq. 5. The timesteps are those where the logarithm of the schedule's ratio, linear between
 * whole timesteps, has the values.
 *
 * @param schedule The schedule.
 * @param options How many steps, between which ratios, and what is done to timesteps.
 * @returns The grid.
 */
export function karrasGrid(
  schedule: NoiseSchedule,
  { steps, from, to, end = "clean", round = (t) => t }: {
    readonly steps: number;
    readonly from: number;
    readonly to: number;
    readonly end?: GridEnd;
    readonly round?: (timestep: number) => number;
  },
): SamplingGrid {
  const [first, last] = [from ** (1 / RHO), to ** (1 / RHO)];
  const ratios = Array.from(
    { length: steps },
    (_, i) =>
      (first + (steps === 1 ? 0 : i / (steps - 1)) * (last - first)) ** RHO,
  );
  const nodes = ratios.map((ratio) =>
    gridNode(round(timestepOf(schedule, ratio)), ratio)
  );
  return closeGrid(schedule, nodes, end);
}

/** The exponent of Karras et al. */
const RHO = 7;

/** Where the logarithm of the ratio, on lines between whole timesteps, has a value; the nearest end outside. */
export function timestepOf(
  { noiseRatios }: NoiseSchedule,
  ratio: number,
): number {
  const above = noiseRatios.findIndex((value) => value >= ratio);
  if (above === 0) return 0;
  if (above < 0) return noiseRatios.length - 1;
  const [low, high] = [noiseRatios[above - 1]!, noiseRatios[above]!];
  const part = Math.log(ratio / low) / Math.log(high / low);
  return above - 1 + part;
}

function closeGrid(
  { noiseRatios }: NoiseSchedule,
  nodes: readonly GridNode[],
  end: GridEnd,
): SamplingGrid {
  const last = gridNode(0, end === "clean" ? 0 : noiseRatios[0]!);
  const all = [...nodes, last];
  if (nodes.length === 0) throw new RangeError("Expected at least one step");
  for (let i = 1; i < nodes.length; i++) {
    if (all[i]!.ratio < all[i - 1]!.ratio) continue;
    throw new RangeError(
      `Expected noise to fall at every step but found the ratio ${
        all[i]!.ratio
      } at timestep ${all[i]!.timestep} after ${all[i - 1]!.ratio}`,
    );
  }
  return { nodes: all };
}
