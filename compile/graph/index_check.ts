/**
 * What is to be checked of indices when a graph runs.
 * @module
 */
import type { Value } from "./value.ts";

/** Lengths of the axes that indices go into: one, or one for each place of the last axis of the indices. */
export type AxisLengths = readonly [number, ...number[]];

/** Indices that are fed: numbers of an input. */
export interface FedIndices {
  readonly kernel: string;
  readonly input: string;
  readonly places: Int32Array;
  readonly lengths: AxisLengths;
}

/** Indices that the graph computes. */
export interface ComputedIndices {
  readonly kernel: string;
  readonly lengths: AxisLengths;
  /** What the graph computes. */
  readonly indices: Value;
  /** What is used in its place, within bounds. */
  readonly clipped: Value;
  /** Names of the inputs that they are computed from. */
  readonly inputs: readonly string[];
}

/** What is to be checked in one run. */
export type IndexCheck = FedIndices | ComputedIndices;

/** An index that lies outside, and the length of its axis. */
export interface Outside {
  readonly place: number;
  readonly index: number;
  readonly length: number;
}

/** Finds the first index that lies outside. */
export function firstOutside(
  indices: ArrayLike<number>,
  lengths: AxisLengths,
): Outside | undefined {
  for (let place = 0; place < indices.length; place++) {
    const [index, length] = [indices[place]!, lengths[place % lengths.length]!]; // within both
    if (index < 0 || index >= length) return { place, index, length };
  }
  return undefined;
}

/**
 * An error that names an index that lies outside.
 *
 * @param origin What it depends on, if that is known.
 */
export function outsideError(
  kernel: string,
  { index, length }: Outside,
  origin = "",
): RangeError {
  return new RangeError(
    `Expected the indices of ${kernel}${origin} to be from 0 to ${
      length - 1
    } but found ${index}`,
  );
}
