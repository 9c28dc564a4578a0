/**
 * Log-likelihood, bound and gap of a linear model in closed form, in double precision.
 * @module
 */
import { FullNormal } from "../../../models/distributions/full_normal.ts";
import {
  linearGaussianMarginal,
  linearGaussianPosterior,
} from "../../../models/distributions/linear_gaussian_posterior.ts";
import type { Vectors } from "./vectors.ts";
import type { Weights } from "../../training/weights.ts";
import type { ItemGaps } from "./gap_point.ts";

type Rows = readonly (readonly number[])[];

/**
 * Computes three numbers of each vector, each by a formula of its own.
 *
 * @param weights Of `models/linear_gaussian.ts`.
 * @param vectors The data.
 * @returns Nats, each [vector].
 */
export function linearGaps(weights: Weights, vectors: Vectors): ItemGaps {
  const decoder = rowsOf(weights, "decoder/weight"); // [latent, observed]
  const encoder = rowsOf(weights, "encoder/weight"); // [observed, latent]
  const variance = Math.exp(rowsOf(weights, "decoder/logVariance")[0]![0]!); // one number
  const variances = rowsOf(weights, "encoder/logVariance")[0]!.map(Math.exp); // one row
  const model = { weight: transpose(decoder), variance };
  const marginal = linearGaussianMarginal(model);
  const prior = new FullNormal(
    variances.map(() => 0),
    diagonal(variances.map(() => 1)),
  );
  const observed = Array.from({ length: vectors.count }, (_, i) => [
    ...vectors.values.subarray(i * vectors.length, (i + 1) * vectors.length),
  ]);
  const projection = transpose(encoder);
  const q = observed.map((x) =>
    new FullNormal(times(projection, x), diagonal(variances))
  );
  const noise = new FullNormal(
    model.weight.map(() => 0),
    diagonal(model.weight.map(() => variance)),
  );
  const spread = decoder.reduce(
    (sum, row, j) => sum + variances[j]! * dot(row, row) / (2 * variance), // one variance for each latent
    0,
  );
  return {
    logLikelihood: observed.map((x) => marginal.logProb(x)),
    elbo: observed.map((x, i) => {
      const mean = times(model.weight, q[i]!.mean);
      const error = x.map((value, k) => value - mean[k]!);
      return noise.logProb(error) - spread - q[i]!.kl(prior);
    }),
    gap: observed.map((x, i) => q[i]!.kl(linearGaussianPosterior(model, x))),
  };
}

/** A matrix as rows; a vector is one row. */
function rowsOf(weights: Weights, name: string): Rows {
  const { data, shape } = weights[name]!; // of the model
  const length = shape.at(-1)!; // no scalars
  return Array.from(
    { length: data.length / length },
    (_, i) => [...data.subarray(i * length, (i + 1) * length)],
  );
}

function diagonal(entries: readonly number[]): Rows {
  return entries.map((entry, i) => entries.map((_, j) => i === j ? entry : 0));
}

function transpose(rows: Rows): Rows {
  return rows[0]!.map((_, j) => rows.map((row) => row[j]!)); // not empty
}

function times(rows: Rows, vector: readonly number[]): number[] {
  return rows.map((row) => dot(row, vector));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}
