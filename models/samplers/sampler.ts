/**
 * What every sampler is: a value with one step.
 * @module
 */
import type { Estimate } from "../diffusion/prediction.ts";
import type { GridNode, SamplingGrid } from "./sampling_grid.ts";

/** What is known of a node that was visited. */
export interface Visited extends Estimate {
  /** The node. */
  readonly node: GridNode;
  /** Where the step from there begins: the place of the visit, or what a corrector made of it. */
  readonly x: Float64Array;
}

/** What a sampler may look at when it moves on. */
export interface SamplerView {
  /** All nodes. */
  readonly grid: SamplingGrid;
  /** The number of the visit, 0 for the first. */
  readonly visit: number;
  /** The index of its node. */
  readonly index: number;
  /** This visit and those before, newest first: at least one. */
  readonly past: readonly [Visited, ...Visited[]];
  /** Draws the standard normal noise of this visit, as long as x. */
  readonly noise: () => Float64Array;
}

/** Where a sampler moves. */
export interface SamplerMove {
  /** The place of the next visit, or the end. */
  readonly x: Float64Array;
  /** What the place of this visit should have been, for what looks back at it. */
  readonly corrected?: Float64Array;
}

/** A way from noise to an image: a value that holds no state. */
export interface Sampler {
  /** Tells it from others. */
  readonly name: string;
  /** Order of convergence in the length of a step, of the mean where it is random. */
  readonly order: number;
  /** Indices of the nodes at which the network is called, in order. */
  readonly visits: (grid: SamplingGrid, first: number) => readonly number[];
  /** From the newest visit to the next. */
  readonly step: (view: SamplerView) => SamplerMove;
}

/** Visits every node but the end once. */
export function visitEach(
  { nodes }: SamplingGrid,
  first: number,
): readonly number[] {
  return Array.from({ length: nodes.length - 1 - first }, (_, i) => first + i);
}

/** The sum of vectors times factors; terms with a factor of 0 are left out, whatever they hold. */
export function combine(
  ...terms: readonly (readonly [factor: number, vector: Float64Array])[]
): Float64Array {
  const sum = new Float64Array(terms[0]?.[1].length ?? 0);
  for (const [factor, vector] of terms) {
    if (factor === 0) continue;
    for (let i = 0; i < sum.length; i++) sum[i]! += factor * vector[i]!;
  }
  return sum;
}

/** Half the logarithm of the signal-to-noise ratio: log(signal / spread), Infinity at a clean end. */
export function halfLogSnr({ ratio }: GridNode): number {
  return -Math.log(ratio);
}
