/**
 * Samplers on the line: grids of noise, and the way of places along them.
 * @module
 */
import { runSampler } from "../../../models/samplers/run_sampler.ts";
import type { Sampler } from "../../../models/samplers/sampler.ts";
import {
  type GridNode,
  gridNode,
  type SamplingGrid,
} from "../../../models/samplers/sampling_grid.ts";

/** Noise at the start. */
export const FROM = 80;
/** Noise at the end. */
export const TO = 0.02;

/** Noise ratios from 80 to 0.02, even in their logarithm, where the way ends. */
export function logGrid(steps: number): SamplingGrid {
  return {
    nodes: Array.from(
      { length: steps + 1 },
      (_, i) => gridNode(0, FROM * (TO / FROM) ** (i / steps)),
    ),
  };
}

/** Noise ratios from 80 to 0.02, even in their 1/7th power; Karras et al. 2022, eq. 5. */
export function ratioGrid(steps: number): SamplingGrid {
  const [first, last] = [FROM ** (1 / 7), TO ** (1 / 7)];
  return {
    nodes: Array.from(
      { length: steps + 1 },
      (_, i) => gridNode(0, (first + i / steps * (last - first)) ** 7),
    ),
  };
}

/**
 * Runs a sampler on places of the line.
 *
 * @param sampler Which one.
 * @param grid Its nodes.
 * @param start Places at the first node.
 * @param image The image that is estimated at a place.
 * @param noise Of a visit, for random samplers.
 * @returns Places at the end.
 */
export function follow(
  sampler: Sampler,
  grid: SamplingGrid,
  start: Float64Array,
  image: (x: number, node: GridNode) => number,
  noise?: (visit: number) => Float64Array,
): Float64Array {
  const run = runSampler(sampler, grid, start, {
    prediction: "image",
    clip: "none",
    ...noise ? { noise } : {},
  });
  let state = run.next([]);
  while (!state.done) {
    const { x, node } = state.value;
    state = run.next(x.map((value) => image(value, node)));
  }
  return state.value;
}
