/**
 * Estimates and bounds of log p(x) by annealing.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { type Key, split as splitKey } from "../../core/random/key.ts";
import type { Difference, EstimatePoint, Sandwich } from "./estimates.ts";
import type { ImageSplit } from "../../images/images.ts";
import type { ImageAnnealer } from "./anneal_images.ts";
import { annealedPoint, logMeans } from "./estimate_points.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type { SimulatedImages } from "./simulate_images.ts";
import { timed } from "../../core/timed.ts";

/** How to anneal, as a run's config gives it. */
export interface AnnealingRequest {
  /** Annealed chains of each image. */
  readonly chains: number;
  /** Distributions between prior and posterior, at most. */
  readonly distributions: number;
  /** Leapfrog steps of a transition. */
  readonly leapfrogSteps: number;
}

/** Each path of annealing is so many times as long as the one before. */
const LONGER = 3;
/** How many lengths of path there are. */
const PATHS = 4;
/** The search for step sizes goes along a path shorter by so much. */
const PILOT = 2;

/** Estimates along paths of several lengths. */
export interface AnnealedEstimates {
  /** By length, ascending. */
  readonly points: readonly EstimatePoint[];
  /** Estimates of the longest path, [image]. */
  readonly best: Float64Array;
  /** Mean acceptance along the longest path. */
  readonly acceptance: number;
}

/** What is annealed, and how. */
export interface Annealing extends Pick<AnnealingRequest, "distributions"> {
  /** By quadrature, where there is one, [image]. */
  readonly truth?: Float64Array | undefined;
  /** Draws everything. */
  readonly key: Key;
}

/** Anneals along paths of several lengths. */
export async function annealPaths(
  annealer: ImageAnnealer,
  split: ImageSplit,
  { distributions, truth, key }: Annealing,
  context: RunContext,
): Promise<AnnealedEstimates> {
  const [tuneKey, ...keys] = splitKey(key, 1 + PATHS);
  const stepSizes = await annealer.tune(split, pilot(distributions), tuneKey!); // at least one key
  const points: EstimatePoint[] = [];
  let best: Float64Array = new Float64Array();
  let acceptance = 0;
  for (const [i, length] of pathsUpTo(distributions).entries()) {
    const path = { distributions: length, stepSizes, key: keys[i]! }; // one for each path
    const annealed = await timed(
      `annealing through ${length} distributions`,
      () => annealer.up(split, path),
      context,
    );
    const images = split.count;
    points.push(
      annealedPoint({ ...annealed, images, truth, distributions: length }),
    );
    best = logMeans(annealed.logWeights, images);
    acceptance = annealed.acceptance;
  }
  return { points, best, acceptance };
}

/** Bounds log p(x) of simulated images from both sides. Grosse et al. 2015. */
export async function squeeze(
  annealer: ImageAnnealer,
  { split, latents }: SimulatedImages,
  { distributions, truth, key }: Annealing,
  context: RunContext,
): Promise<Sandwich> {
  const [tuneKey, upKey, downKey] = splitKey(key, 3);
  const stepSizes = await annealer.tune(split, pilot(distributions), tuneKey);
  const path = { distributions, stepSizes };
  const [up, down] = await timed(
    `${distributions} distributions up and down`,
    async () => [
      await annealer.up(split, { ...path, key: upKey }),
      await annealer.down(split, { ...path, latents, key: downKey }),
    ],
    context,
  );
  const lower = logMeans(up!.logWeights, split.count); // two ways
  const upper = logMeans(down!.logWeights, split.count).map((value) => -value);
  return {
    lower: meanAndError(lower).mean,
    upper: meanAndError(upper).mean,
    ...truth && {
      truth: {
        value: meanAndError(truth).mean,
        lower: difference(lower, truth),
        upper: difference(upper, truth),
      },
    },
  };
}

/** The mean difference of estimates from the truth, each [image]. */
export function difference(
  estimates: Float64Array,
  truth: Float64Array,
): Difference {
  return meanAndError(estimates.map((value, i) => value - truth[i]!)); // one for each image
}

function pilot(distributions: number): number {
  return Math.max(1, Math.round(distributions / PILOT));
}

function pathsUpTo(distributions: number): readonly number[] {
  const lengths = Array.from(
    { length: PATHS },
    (_, i) =>
      Math.max(1, Math.round(distributions / LONGER ** (PATHS - 1 - i))),
  );
  return [...new Set(lengths)];
}
