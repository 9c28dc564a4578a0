/**
 * The stage that finds the best products of factors.
 * @module
 */
import {
  bestEqualFactors,
  bestFreeFactors,
} from "../../../models/mean_field/best_factors.ts";
import { bisect } from "../../../models/mean_field/bisect.ts";
import { coordinateDescent } from "../../../models/mean_field/coordinate_descent.ts";
import {
  bestFactoredNormal,
  optimizeFactoredNormal,
} from "../../../models/mean_field/factored_normal.ts";
import {
  factoredEnergy,
  type Factors,
  freeEnergy,
} from "../../../models/mean_field/free_energy.ts";
import { goldenSection } from "../../../models/mean_field/golden_section.ts";
import {
  enumerateNotAllOnes,
  notAllOnes,
} from "../../../models/mean_field/not_all_ones.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type {
  BestFreeEnergy,
  BinaryLimit,
  BinaryPoint,
  MeanField,
  NormalPoint,
} from "./mean_field_entries.ts";

/** What to solve, as a run's config gives it. */
export interface MeanFieldRequest {
  /** Binary numbers at which the inverse temperature is swept. */
  readonly count: number;
  /** The most binary numbers in the limit. */
  readonly mostCount: number;
  /** Inverse temperatures between 0.1 and 1,000. */
  readonly temperatures: number;
  /** Starts of the coordinate descent, of which the best end counts. */
  readonly starts: number;
  /** Correlations of the two normal numbers. */
  readonly correlations: readonly number[];
}

/** Width of a central difference as a part of beta: its error is of second order, that of rounding eps / width. */
const WIDTH = 1e-4;
/** Log odds between which the mean of equal factors is looked for. */
const ODDS = [-1, 40] as const;
/** By how many nats free factors must be better to count as such, above rounding. */
const CLEARLY = 1e-10;

/** Solves everything exactly and by optimization. */
export const solveMeanField: Stage<
  MeanFieldRequest,
  { readonly meanField: MeanField }
> = stage("solve", {
  needs: ["count", "mostCount", "temperatures", "starts", "correlations"],
  adds: { meanField: "free energies, divergences and variances of factors" },
}, ({ count, mostCount, temperatures, starts, correlations }, context) => {
  const descend: Descend = (count, beta) =>
    bestDescent(count, beta, starts, fold(context.key, `${count} ${beta}`));
  const binary = betas(temperatures).map((beta, step) => {
    context.signal.throwIfAborted();
    const point = binaryPoint(count, beta, descend);
    const { equal, free, ...values } = point;
    context.metrics.record({
      step,
      epoch: 0,
      values: { ...values, ...named("equal", equal), ...named("free", free) },
    });
    return point;
  });
  const limits = Array.from(
    { length: mostCount },
    (_, i) => binaryLimit(i + 1, descend),
  );
  const normals = [...correlations].sort((a, b) => a - b).map(normalPoint);
  const symmetryBreaks = breaksBetween(count);
  return { meanField: { binary, limits, normals, symmetryBreaks } };
});

type Descend = (count: number, beta: number) => Factors;

function betas(points: number): readonly number[] {
  const ratio = (i: number) => i / Math.max(1, points - 1);
  return Array.from({ length: points }, (_, i) => 0.1 * 1e4 ** ratio(i));
}

function binaryPoint(
  count: number,
  beta: number,
  descend: Descend,
): BinaryPoint {
  const logAt = (beta: number) => enumerateNotAllOnes(count, beta).logPartition;
  const width = WIDTH * beta;
  const equalAt = (odds: number) =>
    freeEnergy(Array(count).fill(1 / (1 + Math.exp(odds))), beta);
  const equal = bestEqualFactors(count, beta);
  const free = bestFreeFactors(count, beta);
  return {
    beta,
    logPartition: notAllOnes(count, beta).logPartition,
    meanEnergy: enumerateNotAllOnes(count, beta).meanEnergy,
    slope: (logAt(beta + width) - logAt(beta - width)) / (2 * width),
    equal: best(equal, beta, equalAt(goldenSection(equalAt, ...ODDS))),
    free: best(free, beta, freeEnergy(descend(count, beta), beta)),
  };
}

function best(exact: Factors, beta: number, optimized: number): BestFreeEnergy {
  return {
    exact: freeEnergy(exact, beta),
    optimized,
    meanEnergy: factoredEnergy(exact),
  };
}

function binaryLimit(count: number, descend: Descend): BinaryLimit {
  const beta = Infinity;
  const { logPartition } = notAllOnes(count, beta);
  const divergence = (factors: Factors) =>
    freeEnergy(factors, beta) + logPartition;
  return {
    count,
    equal: divergence(bestEqualFactors(count, beta)),
    free: divergence(bestFreeFactors(count, beta)),
    freeOptimized: divergence(descend(count, beta)),
  };
}

function bestDescent(
  count: number,
  beta: number,
  starts: number,
  key: Key,
): Factors {
  const ends = Array.from(
    { length: starts },
    (_, i) => coordinateDescent([...uniform(fold(key, i), count)], beta),
  );
  return ends.reduce((best, end) =>
    freeEnergy(end, beta) < freeEnergy(best, beta) ? end : best
  );
}

function normalPoint(correlation: number): NormalPoint {
  const optimized = optimizeFactoredNormal(correlation);
  return {
    correlation,
    ...bestFactoredNormal(correlation),
    varianceOptimized: optimized.variance,
    klOptimized: optimized.kl,
  };
}

/** The inverse temperature above which the best free factors are not equal. */
function breaksBetween(count: number): number {
  const gain = (beta: number) =>
    freeEnergy(bestEqualFactors(count, beta), beta) -
    freeEnergy(bestFreeFactors(count, beta), beta) - CLEARLY;
  return bisect(gain, 1, 1000);
}

function named(
  kind: string,
  { exact, optimized, meanEnergy }: BestFreeEnergy,
): Record<string, number> {
  return {
    [`${kind}/freeEnergy`]: exact,
    [`${kind}/freeEnergyOptimized`]: optimized,
    [`${kind}/meanEnergy`]: meanEnergy,
  };
}
