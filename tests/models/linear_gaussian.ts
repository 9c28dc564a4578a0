import * as tf from "@tensorflow/tfjs";
import { DiagonalNormal } from "../../models/distributions/diagonal_normal.ts";
import { FullNormal } from "../../models/distributions/full_normal.ts";
import { StandardNormal } from "../../models/distributions/standard_normal.ts";
import type { LatentVariableModel } from "../../models/objectives/latent_variable_model.ts";

/** A model whose posterior and likelihood are known: x = W z + noise with variance 1/2. */
export interface LinearGaussian extends LatentVariableModel<StandardNormal> {
  /** log p(x) of an image in closed form, in nats. */
  readonly exactLogLikelihood: (image: readonly number[]) => number;
}

/** The columns are orthogonal, with squared lengths 2 and 3, so that the posterior is diagonal. */
const W = [[1, 1], [1, -1], [0, 1]] as const;
const VARIANCE = 0.5;
/** 1 + |column|^2 / variance */
const PRECISION = [5, 7] as const;

/**
 * Creates the model; q is its exact posterior N(W^T x / (variance precision), 1 / precision), moved by `shift`.
 *
 * @param shift Added to the posterior mean: a scalar, zero for the exact posterior.
 */
export function linearGaussian(
  shift: tf.Tensor = tf.scalar(0),
): LinearGaussian {
  const weight = tf.tensor2d([...W.map((row) => [...row])]);
  const covariance = W.map((row, i) =>
    W.map((column, j) =>
      row[0] * column[0] + row[1] * column[1] + (i === j ? VARIANCE : 0)
    )
  );
  return {
    prior: new StandardNormal(),
    encode: (images) => {
      const projection = tf.matMul(images, weight).div(VARIANCE);
      const mean = projection.div(tf.tensor(PRECISION)).add(shift);
      const logVariance = tf.log(tf.tensor(PRECISION)).neg();
      return new DiagonalNormal(mean, tf.zerosLike(mean).add(logVariance));
    },
    decode: (latents) => {
      const rows = tf.matMul(latents.reshape([-1, 2]), weight, false, true);
      const mean = rows.reshape([...latents.shape.slice(0, -1), 3]);
      return new DiagonalNormal(mean, tf.fill([3], Math.log(VARIANCE)));
    },
    exactLogLikelihood: (image) =>
      new FullNormal([0, 0, 0], covariance).logProb(image),
  };
}
