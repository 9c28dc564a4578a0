/**
 * How long gradients were, from place to place and from step to step.
 * @module
 */
import type { MetricRecord } from "../core/context.ts";
import type {
  GradientHistory,
  GradientKind,
  GradientMoment,
} from "./place_norms.ts";
import type { Place } from "../text/sequence_model.ts";
import { fitLine, type LineFit } from "../statistics/fit_line.ts";

/**
 * Gathers the norms that training has recorded.
 *
 * @param history The records.
 * @param places The model's places.
 * @returns The norms of each stack, in the order of the stacks.
 */
export function gradientHistories(
  history: readonly MetricRecord[],
  places: readonly Place[],
): readonly GradientHistory[] {
  const stacks = Map.groupBy(places, ({ stack }) => stack);
  return [...stacks].map(([stack, own]) => ({
    stack,
    layers: own.length - 1,
    moments: history.flatMap(({ step, values }) => {
      const read = (name: (place: string) => string) =>
        own.flatMap((place) => values[name(place.name)] ?? []);
      const rms = read((place) => `activation/${place}`);
      const activation = read((place) => `gradient/${place}/activation`);
      const weights = read((place) => `gradient/${place}/weights`);
      const isComplete = weights.length === own.length;
      return isComplete ? [{ step, rms, activation, weights }] : [];
    }),
  }));
}

/**
 * How much longer the gradient is at the last layer than at the first.
 *
 * @param norms Of what enters and of each layer, [1 + layers].
 * @returns Last over first; what enters counts for nothing.
 */
export function lastOverFirst(norms: readonly number[]): number {
  return norms.at(-1)! / norms[1]!; // there is a layer
}

/**
 * Finds when the gradient differed most between the first layer and the last.
 *
 * @param moments At least one.
 * @param kind Which gradient.
 * @returns The moment whose ratio of last over first layer is furthest from one.
 */
export function steepestMoment(
  moments: readonly GradientMoment[],
  kind: GradientKind,
): GradientMoment {
  const steepness = (moment: GradientMoment) =>
    Math.abs(Math.log(lastOverFirst(moment[kind])));
  return moments.reduce((steepest, one) =>
    steepness(one) > steepness(steepest) ? one : steepest
  );
}

/**
 * Fits a geometric growth: each layer's norm is `exp(slope)` times that of the layer before.
 *
 * @param norms Of what enters and of each layer, [1 + layers], two layers at least.
 * @returns The line through the logarithms against the number of the layer.
 */
export function growthByLayer(norms: readonly number[]): LineFit {
  const logs = norms.slice(1).map(Math.log);
  return fitLine(logs.map((_, i) => i + 1), logs);
}
