/**
 * The law of what a sampler gives for normal data.
 * @module
 */
import { denoise, type NormalMixture } from "../diffusion/normal_mixture.ts";
import { runSampler } from "./run_sampler.ts";
import type { Sampler } from "./sampler.ts";
import type { SamplingGrid } from "./sampling_grid.ts";

/** A normal law. */
export interface OutputLaw {
  /** Mean of the output. */
  readonly mean: number;
  /** Standard deviation of the output. */
  readonly deviation: number;
}

/**
 * The law of a sampler's output for one normal law of data and the optimal network, exactly and without samples.
 *
 * The optimal network is affine there, so that the sampler is an affine map of the start and of each noise it draws. The
 * map is found by running the sampler itself on zeros, on a start of one, and on one draw of one at a time.
 *
 * @param sampler The sampler.
 * @param grid Its nodes.
 * @param data A mixture of one component.
 * @param startScale Standard deviation of the start, whose mean is 0.
 * @returns The law.
 * @throws {RangeError} If the data has more than one component.
 */
export function outputLaw(
  sampler: Sampler,
  grid: SamplingGrid,
  data: NormalMixture,
  startScale = 1,
): OutputLaw {
  if (data.weights.length !== 1) {
    throw new RangeError(
      `Expected data of one component but found ${data.weights.length}`,
    );
  }
  const draws = sampler.visits(grid, 0).length;
  const width = draws + 2; // zeros, a start of one, and each draw of one
  const start = new Float64Array(width);
  start[1] = startScale;
  const run = runSampler(sampler, grid, start, {
    prediction: "image",
    clip: "none",
    noise: (visit) => {
      const noise = new Float64Array(width);
      noise[visit + 2] = 1;
      return noise;
    },
  });
  let state = run.next([]);
  while (!state.done) {
    const { x, node } = state.value;
    state = run.next(x.map((value) => denoise(data, value, node).mean));
  }
  const [mean = NaN, ...moved] = state.value;
  const variance = moved.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(variance) };
}
