/**
 * The stage that sets closed forms of the Kullback-Leibler divergence beside samples.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import type { FullNormal } from "../../../models/distributions/full_normal.ts";
import { univariateKl } from "../../../models/distributions/univariate_kl.ts";
import {
  controlledKlTerms,
  plainKlTerms,
} from "../../../models/estimators/sampled_kl.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { KlComparison, NormalPair } from "./normal_pairs.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";

/** Computes KL(q || p) of each pair by the closed form of its kind, and by two means over samples of q. */
export const compareKl: Stage<
  { readonly pairs: readonly NormalPair[]; readonly samples: number },
  { readonly comparisons: readonly KlComparison[] }
> = stage("compare", {
  needs: ["pairs", "samples"],
  adds: {
    comparisons: "KL(q || p) of each pair by formula and by samples, nats",
  },
}, ({ pairs, samples }, { key, metrics, signal }) => ({
  comparisons: pairs.map((pair, step) => {
    signal.throwIfAborted();
    const name = `${pair.kind}/${pair.separation}`;
    const logRatios = sampleLogRatios(pair, samples, fold(key, name));
    const compared = {
      pair,
      closedForm: closedForm(pair),
      plain: meanAndError(plainKlTerms(logRatios)),
      controlled: meanAndError(controlledKlTerms(logRatios)),
    };
    metrics.record({ step, epoch: 0, values: valuesOf(compared) });
    return compared;
  }),
}));

function closedForm({ kind, q, p }: NormalPair): number {
  switch (kind) {
    case "univariate":
      return univariateKl(onlyNumber(q), onlyNumber(p));
    case "diagonal": // as a VAE computes it, in single precision
      return tf.tidy(() => diagonal(q).kl(diagonal(p)).dataSync()[0]!); // one pair
    case "full":
      return q.kl(p);
  }
}

function onlyNumber({ mean, covariance }: FullNormal) {
  return { mean: mean[0]!, variance: covariance[0]![0]! }; // of one number
}

function diagonal({ mean, covariance }: FullNormal): DiagonalNormal {
  const logVariance = covariance.map((row, i) => Math.log(row[i]!)); // square
  return new DiagonalNormal(tf.tensor([...mean]), tf.tensor(logVariance));
}

/** log q(x) - log p(x) of samples of q, in nats, [sample]. */
function sampleLogRatios(
  { q, p }: NormalPair,
  samples: number,
  key: Key,
): Float64Array {
  const size = q.mean.length;
  const noise = normal(key, samples * size);
  return Float64Array.from({ length: samples }, (_, i) => {
    const x = q.sample([...noise.subarray(i * size, (i + 1) * size)]);
    return q.logProb(x) - p.logProb(x);
  });
}

function valuesOf(
  { pair: { kind, separation }, closedForm, plain, controlled }: KlComparison,
): Record<string, number> {
  return {
    separation,
    [`${kind}/closedForm`]: closedForm,
    [`${kind}/plain`]: plain.mean,
    [`${kind}/plainStdErr`]: plain.standardError,
    [`${kind}/controlled`]: controlled.mean,
    [`${kind}/controlledStdErr`]: controlled.standardError,
  };
}
