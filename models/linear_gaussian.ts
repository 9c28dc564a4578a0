/**
 * A variational autoencoder without hidden layers, whose bound has a closed form.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { DiagonalNormal } from "./distributions/diagonal_normal.ts";
import { StandardNormal } from "./distributions/standard_normal.ts";
import type { Elbo } from "./objectives/elbo.ts";
import type { LatentVariableModel } from "./objectives/latent_variable_model.ts";
import { normal, zeros } from "./parameters/initials.ts";
import {
  createOwned,
  type Owned,
  type ParameterSpec,
  type SampleParameter,
} from "./parameters/parameters.ts";

/** The parameters of {@linkcode linearGaussian}. */
export interface LinearGaussianParameters<P = tf.Tensor> {
  /** From a vector to the mean of its latents, and their log variance, the same for all vectors. */
  readonly encoder: {
    /** [observed, latent] */
    readonly weight: P;
    /** [latent] */
    readonly logVariance: P;
  };
  /** From latents to the mean of a vector, and the log variance of its noise. */
  readonly decoder: {
    /** [latent, observed] */
    readonly weight: P;
    /** [1] */
    readonly logVariance: P;
  };
}

/** x = W z + noise, with q(z | x) normal and independent. */
export interface LinearGaussian extends LatentVariableModel<StandardNormal> {
  /** The bound of each vector without any sampling; observed [batch, observed]. */
  readonly exactElbo: (observed: tf.Tensor2D) => Elbo;
}

/** Standard deviation of the weights before training: small, so that the latents begin unused. */
const INITIAL = 0.1;

/** Declares the parameters of {@linkcode linearGaussian}. */
export function linearGaussianSpecs(
  observed: number,
  latent: number,
): LinearGaussianParameters<ParameterSpec> {
  const initial = normal(INITIAL);
  return {
    encoder: {
      weight: { shape: [observed, latent], initial },
      logVariance: { shape: [latent], initial: zeros },
    },
    decoder: {
      weight: { shape: [latent, observed], initial },
      logVariance: { shape: [1], initial: zeros },
    },
  };
}

/**
 * The linear model as functions of its parameters.
 *
 * Source: Lucas et al. 2019, section 3; the expectation of the squared error over q is that at its mean, and
 * sum_j variance_j |w_j|^2.
 *
 * @param parameters Tensors in the places of `linearGaussianSpecs`.
 */
export function linearGaussian(
  { encoder, decoder }: LinearGaussianParameters,
): LinearGaussian {
  const prior = new StandardNormal();
  const encode = (observed: tf.Tensor2D) => {
    const mean = tf.matMul(observed, encoder.weight);
    const logVariance = tf.zerosLike(mean).add(encoder.logVariance);
    return new DiagonalNormal(mean, logVariance);
  };
  const decode = (latents: tf.Tensor) => {
    const [width, observed] = decoder.weight.shape;
    const rows = tf.matMul(latents.reshape([-1, width!]), decoder.weight); // a matrix
    const shape = [...latents.shape.slice(0, -1), observed!]; // as above
    const mean = rows.reshape(shape);
    return new DiagonalNormal(
      mean,
      tf.zerosLike(mean).add(decoder.logVariance),
    );
  };
  return {
    prior,
    encode,
    decode,
    exactElbo: (observed) => {
      const posterior = encode(observed);
      const lengths = decoder.weight.square().sum(-1); // |w_j|^2, [latent]
      const spread = posterior.logVariance.exp().mul(lengths).sum(-1)
        .mul(decoder.logVariance.neg().exp()).mul(0.5);
      const reconstruction = decode(posterior.mean).logProb(observed)
        .sub(spread).as1D();
      const kl = posterior.kl(prior).as1D();
      return { reconstruction, kl, elbo: reconstruction.sub(kl) };
    },
  };
}

/**
 * Creates a linear model with variables of its own.
 *
 * @param observed Numbers of a vector.
 * @param latent Numbers of a latent vector.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createLinearGaussian(
  observed: number,
  latent: number,
  draw: SampleParameter,
): Owned<LinearGaussian> {
  return createOwned(
    linearGaussianSpecs(observed, latent),
    draw,
    linearGaussian,
  );
}
