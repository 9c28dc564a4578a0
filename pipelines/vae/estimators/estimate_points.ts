/**
 * Estimators of log p(x) by size, from their log weights.
 * @module
 */
import { groupedBounds } from "../../../models/estimators/grouped_bounds.ts";
import { RunningLogMeanExp } from "../../../models/objectives/running_log_mean_exp.ts";
import type { EstimatePoint, EstimatorName } from "./estimates.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";

/** Weights of independent samples of each image. */
export interface SampledWeights {
  /** Where the samples come from. */
  readonly estimator: EstimatorName;
  /** Nats, [sample, image], row by row. */
  readonly logWeights: Float32Array;
  /** How many images. */
  readonly images: number;
  /** By quadrature, where there is one, [image]. */
  readonly truth?: Float64Array | undefined;
}

/**
 * Cuts samples into groups of each size, each of which is an estimate.
 *
 * @param weights Of samples that cost one decoder evaluation each.
 * @param sizes Samples of a group.
 * @returns A point for each size.
 */
export function pointsBySize(
  { estimator, logWeights, images, truth }: SampledWeights,
  sizes: readonly number[],
): EstimatePoint[] {
  const all = new RunningLogMeanExp(images);
  all.add(logWeights);
  const samples = all.importanceSamples;
  const errorOfOne = rootMeanSquare(all.standardErrors()) * Math.sqrt(samples);
  return sizes.map((size) => {
    const bounds = groupedBounds(logWeights, images, size);
    return {
      estimator,
      size,
      evaluations: size,
      bound: meanAndError(bounds).mean,
      predictedError: errorOfOne / Math.sqrt(size),
      ...truth && { error: distance(bounds, truth) },
      effectiveSampleSize: meanAndError(all.effectiveSampleSizes()).mean,
    };
  });
}

/** Weights of annealed chains, all of which make one estimate of an image. */
export interface ChainWeights {
  /** Nats, [chain, image], row by row. */
  readonly logWeights: Float64Array;
  /** How many images. */
  readonly images: number;
  /** Steps between prior and posterior. */
  readonly distributions: number;
  /** Decoder evaluations of an image. */
  readonly evaluations: number;
  /** By quadrature, where there is one, [image]. */
  readonly truth?: Float64Array | undefined;
}

/** One point of annealing: all chains of an image are one estimate. */
export function annealedPoint(chains: ChainWeights): EstimatePoint {
  const { images, distributions, evaluations, truth } = chains;
  const weights = new RunningLogMeanExp(images);
  weights.add(chains.logWeights);
  const bounds = weights.logMeanExp();
  return {
    estimator: "annealing",
    size: distributions,
    evaluations,
    bound: meanAndError(bounds).mean,
    predictedError: rootMeanSquare(weights.standardErrors()),
    ...truth && { error: distance(bounds, truth) },
    effectiveSampleSize: meanAndError(weights.effectiveSampleSizes()).mean,
  };
}

/** The log mean weight over chains of each image, in nats; minus that of the opposite sign, for weights of 1 / p(x). */
export function logMeans(
  logWeights: Float64Array,
  images: number,
): Float64Array {
  const weights = new RunningLogMeanExp(images);
  weights.add(logWeights);
  return weights.logMeanExp();
}

/** Root mean square distance of estimates, [estimate, image], from the truth, [image]. */
function distance(estimates: Float64Array, truth: Float64Array): number {
  return rootMeanSquare(
    estimates.map((value, i) => value - truth[i % truth.length]!), // row by row
  );
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(meanAndError(values.map((value) => value ** 2)).mean);
}
