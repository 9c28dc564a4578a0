/**
 * The ELBO of models of binary images, to be maximized.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { createConvVae } from "../../models/conv_vae.ts";
import type { StandardNormal } from "../../models/distributions/standard_normal.ts";
import { elbo } from "../../models/objectives/elbo.ts";
import type { LatentVariableModel } from "../../models/objectives/latent_variable_model.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import { createVae } from "../../models/vae.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { binary, noise } from "./inputs.ts";
import type { Problem } from "./training.ts";

const LATENT = 20;

/** Sizes of the VAE that vary. */
export interface VaeSizes {
  readonly pixels: number;
  readonly hidden: number;
  readonly latent: number;
  readonly batch: number;
}

/** 784-500-20-500-784, and batches of 128. */
export const usualVae: VaeSizes = {
  pixels: 784,
  hidden: 500,
  latent: LATENT,
  batch: 128,
};

/** A VAE with one hidden layer on each side. */
export function vaeProblem(sizes: VaeSizes): Problem {
  const model = createVae(sizes, sampleParameter(keyFrom(0)));
  return elboProblem(model, sizes);
}

/** A convolutional VAE of 28 x 28 pixels: to 32 and 64 channels and back, batches of 64. */
export function convVaeProblem(): Problem {
  const model = createConvVae({ latent: LATENT }, sampleParameter(keyFrom(0)));
  return elboProblem(model, { pixels: 784, latent: LATENT, batch: 64 });
}

function elboProblem(
  model: Owned<LatentVariableModel<StandardNormal>>,
  { pixels, latent, batch }: Omit<VaeSizes, "hidden">,
): Problem {
  return {
    variables: model.variables,
    feeds: { images: binary([batch, pixels]), noise: noise([batch, latent]) },
    loss: ({ images, noise }) => {
      const rows = images!.cast("float32").as2D(batch, pixels); // fed, as is the noise
      const bound = elbo(model, rows, noise!.as2D(batch, latent));
      return bound.elbo.mean<tf.Scalar>().neg();
    },
  };
}
