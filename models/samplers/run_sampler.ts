/**
 * The loop of every sampler.
 * @module
 */
import {
  clipEstimate,
  type Estimate,
  estimateFrom,
  type Prediction,
} from "../diffusion/prediction.ts";
import type { Sampler, Visited } from "./sampler.ts";
import type { GridNode, SamplingGrid } from "./sampling_grid.ts";

/** A place at which the network is to be called. */
export interface Visit {
  /** What to call it with: signal * image + spread * noise. */
  readonly x: Float64Array;
  /** Where, with the timestep to tell. */
  readonly node: GridNode;
  /** The number of the visit, 0 for the first. */
  readonly visit: number;
  /** How many visits there will be. */
  readonly visits: number;
}

/** How to run a sampler. */
export interface SamplingOptions {
  /** What the network predicts. */
  readonly prediction: Prediction;
  /** Range to which the clean image is clipped inside each step: that of pixels, or none for latents. */
  readonly clip: readonly [number, number] | "none";
  /** After clipping, the noise that is left of x (`recomputed`, unless given), or that which was predicted. */
  readonly clippedNoise?: "recomputed" | "predicted";
  /** Standard normal noise of a visit, as long as x; needed by random samplers. */
  readonly noise?: (visit: number) => Float64Array;
  /** The node to start from, for images that begin with less noise; 0 unless given. */
  readonly first?: number;
}

/** How many of the newest visits a sampler may look back at. */
const REMEMBERED = 13;

/**
 * Runs a sampler: yields each place at which the network is to be called, is sent what the network predicts there, and
 * returns the end. Whoever calls decides how the network runs, so that this loop waits for nothing.
 *
 * The loop owns the index of the node: no step is ever looked up by its timestep.
 *
 * @param sampler Which one.
 * @param grid Its nodes.
 * @param start x at the first node.
 * @param options What is predicted, clipping, noise.
 * @returns The generator.
 * @throws {RangeError} If a prediction has another length than x, a random sampler has no noise, or the noise is
 * predicted where there is no signal.
 */
export function* runSampler(
  sampler: Sampler,
  grid: SamplingGrid,
  start: Float64Array,
  options: SamplingOptions,
): Generator<Visit, Float64Array, ArrayLike<number>> {
  const { noise, first = 0 } = options;
  const indices = sampler.visits(grid, first);
  let x = start;
  let before: readonly Visited[] = [];
  for (const [visit, index] of indices.entries()) {
    const node = grid.nodes[index]!; // one of the grid's
    const output = yield { x, node, visit, visits: indices.length };
    if (output.length !== x.length) {
      throw new RangeError(
        `Expected a prediction of ${x.length} numbers but found ${output.length}`,
      );
    }
    const newest: Visited = { node, x, ...estimate(output, x, node, options) };
    const { x: next, corrected } = sampler.step({
      grid,
      visit,
      index,
      past: [newest, ...before],
      noise: () => drawn(noise, visit, sampler),
    });
    const kept = corrected ? { ...newest, x: corrected } : newest;
    before = [kept, ...before].slice(0, REMEMBERED);
    x = next;
  }
  return x;
}

function estimate(
  output: ArrayLike<number>,
  x: Float64Array,
  node: GridNode,
  { prediction, clip, clippedNoise = "recomputed" }: SamplingOptions,
): Estimate {
  const found = estimateFrom(prediction, output, x, node);
  if (clip === "none") return found;
  const clipped = clipEstimate(found, x, node, clip);
  return clippedNoise === "recomputed"
    ? clipped
    : { image: clipped.image, noise: found.noise };
}

function drawn(
  noise: SamplingOptions["noise"],
  visit: number,
  { name }: Sampler,
): Float64Array {
  if (noise) return noise(visit);
  throw new RangeError(`Expected noise for the sampler ${name} but found none`);
}
