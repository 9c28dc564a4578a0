/**
 * Gradients by updates of the discriminator, averaged over seeds.
 * @module
 */
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import type { FrozenPoint } from "./loss_study.ts";

/** Quantities of a point that are averaged. */
export const frozenNames = [
  "real",
  "fake",
  "saturating",
  "nonSaturating",
  "ratio",
  "predictedRatio",
] as const;

/** The means over seeds after some updates; geometric ones, as gradients span decades. */
export interface FrozenMeans
  extends Readonly<Record<typeof frozenNames[number], MeanAndError>> {
  /** Updates so far. */
  readonly updates: number;
}

/**
 * Averages the points of several seeds.
 *
 * @param runs For each seed, a point for each number of updates.
 * @returns A mean for each number of updates, with the error of the mean.
 */
export function frozenMeans(
  runs: readonly (readonly FrozenPoint[])[],
): readonly FrozenMeans[] {
  const [first = []] = runs;
  return first.map(({ updates }, i) => {
    const points = runs.map((run) => withRatios(run[i]!)); // seeds have the same updates
    const mean = (name: typeof frozenNames[number]) =>
      geometricMean(points.map((point) => point[name]));
    return {
      updates,
      real: mean("real"),
      fake: mean("fake"),
      saturating: mean("saturating"),
      nonSaturating: mean("nonSaturating"),
      ratio: mean("ratio"),
      predictedRatio: mean("predictedRatio"),
    };
  });
}

/** Adds the ratio of both gradients, and what it would be if D were the same at all fake images: (1 - D) / D. */
function withRatios(point: FrozenPoint) {
  return {
    ...point,
    ratio: point.nonSaturating / point.saturating,
    predictedRatio: (1 - point.fake) / point.fake,
  };
}

function geometricMean(values: readonly number[]): MeanAndError {
  const { mean, standardError } = meanAndError(values.map(Math.log));
  return {
    mean: Math.exp(mean),
    standardError: Math.exp(mean) * standardError,
  };
}
