/**
 * Numbers with error bars from a study of layer norms.
 * @module
 */
import type { Normalization } from "../../../models/layers/residual.ts";
import type {
  InitialKind,
  InitialNorms,
  TrainedKind,
} from "./norm_study_entries.ts";
import type { GradientKind, PlaceNorms } from "../place_norms.ts";
import { fitLine } from "../../statistics/fit_line.ts";
import {
  growthByLayer,
  lastOverFirst,
  steepestMoment,
} from "../gradient_history.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";

/** The stacks of a study: that of a causal model has no name. */
export type StackName = "" | "encoder" | "decoder";

/** Names of all stacks. */
export const stacks: readonly StackName[] = ["", "encoder", "decoder"];

/** How a reader knows a stack. */
export const stackTitles: Readonly<Record<StackName, string>> = {
  "": "causal",
  encoder: "encoder",
  decoder: "decoder",
};

/**
 * Finds the untrained stacks of one kind.
 *
 * @param untrained All.
 * @param stack Which stack.
 * @param normalization Where its layer norms stand.
 * @returns One for each depth, from the shallowest to the deepest.
 */
export function initialsOf(
  untrained: readonly InitialKind[],
  stack: StackName,
  normalization: Normalization,
): readonly InitialNorms[] {
  return untrained
    .filter((kind) => kind.normalization === normalization)
    .flatMap((kind) => kind.stacks)
    .filter((one) => one.stack === stack)
    .toSorted((a, b) => a.layers - b.layers);
}

/**
 * Fits a power of the depth to a norm at the last layer, for each draw by itself.
 *
 * @param initials One for each depth, of as many draws, at least two.
 * @param kind The norm.
 * @returns The exponent of each draw.
 */
export function depthExponents(
  initials: readonly InitialNorms[],
  kind: keyof PlaceNorms,
): readonly number[] {
  const depths = initials.map(({ layers }) => Math.log(layers));
  const draws = initials[0]?.draws ?? [];
  return draws.map((_, i) =>
    fitLine(
      depths,
      initials.map(({ draws }) => Math.log(draws[i]![kind].at(-1)!)), // as many draws
    ).slope
  );
}

/** The mean of {@linkcode depthExponents}, with its standard error over draws. */
export function depthExponent(
  initials: readonly InitialNorms[],
  kind: keyof PlaceNorms,
): MeanAndError {
  return meanAndError(depthExponents(initials, kind));
}

/** Last over first layer: the geometric mean over draws, and its standard error. */
export function ratioOf(
  draws: readonly PlaceNorms[],
  kind: keyof PlaceNorms,
): MeanAndError {
  return geometricMean(draws.map((norms) => lastOverFirst(norms[kind])));
}

/** Growth from a layer to the next by a fitted exponential, with its standard error over draws. */
export function growthOf(
  draws: readonly PlaceNorms[],
  kind: GradientKind,
): MeanAndError {
  return meanAndError(
    draws.map((norms) => Math.exp(growthByLayer(norms[kind]).slope)),
  );
}

/** When to look at a training: at its first or last record, or where the gradient is steepest. */
export type When = "start" | "steepest" | "end";

/**
 * Last over first layer of the last stack during training.
 *
 * @param kind Its runs.
 * @param gradient Which gradient.
 * @param when At which record of each run.
 * @returns The geometric mean over runs, and its standard error.
 */
export function trainedRatio(
  { runs }: TrainedKind,
  gradient: GradientKind,
  when: When,
): MeanAndError {
  return geometricMean(runs.flatMap(({ gradients }) => {
    const moments = gradients.at(-1)?.moments ?? [];
    const moment = when === "steepest" && moments.length > 0
      ? steepestMoment(moments, gradient)
      : moments.at(when === "start" ? 0 : -1);
    return moment ? [lastOverFirst(moment[gradient])] : [];
  }));
}

/** The error is that of the logarithm, times the mean. */
function geometricMean(values: readonly number[]): MeanAndError {
  const logs = meanAndError(values.map(Math.log));
  const mean = Math.exp(logs.mean);
  return { mean, standardError: mean * logs.standardError };
}
