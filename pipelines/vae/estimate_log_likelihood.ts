/**
 * The stage that estimates the log-likelihood of the test images.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type { PixelImages } from "../images/images.ts";
import type { SampledVae } from "./sampled_vae.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { scaleOf } from "../images/pixel_input.ts";
import { measureLogLikelihood } from "./measure_log_likelihood.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";
import { count } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** Estimates of log p(x), averaged over images. */
export interface LogLikelihoodEstimate {
  /** Nats per image; the error is over images, and holds that of sampling too. */
  readonly logLikelihood: MeanAndError;
  /** Root mean square of the images' own standard errors, in nats: what more samples would lower. */
  readonly samplingError: number;
  /** Equally weighted samples worth as much, from 1 to `importanceSamples`. */
  readonly effectiveSampleSize: MeanAndError;
  /** Samples of each image. */
  readonly importanceSamples: number;
}

/** How to estimate log p(x). */
export interface LikelihoodRequest {
  /** Importance samples for each test image. */
  readonly importanceSamples: number;
}

/** The setting of `LikelihoodRequest`, with its default and rule. */
export const likelihoodRequest: Flags<LikelihoodRequest> = {
  importanceSamples: count(1000, "samples of log p(x) for each test image", {
    min: 2,
    smoke: 50,
  }),
};

/** Estimates log p(x) of the test images by importance sampling from the encoder. */
export const estimateLogLikelihood: Stage<
  Partial<LatentSize & LikelihoodRequest> & {
    readonly vae: SampledVae;
    readonly images: PixelImages;
  },
  { readonly likelihood: LogLikelihoodEstimate }
> = stage("likelihood", {
  needs: ["vae", "images"],
  settings: { ...latentSize, ...likelihoodRequest },
  adds: {
    likelihood: "test log p(x) with standard errors, nats per image",
  },
}, async ({ vae, images, latent, importanceSamples }, context) => {
  const { test } = images;
  const options = { latent, importanceSamples, scale: scaleOf(images) };
  const found = await measureLogLikelihood(vae, test, options, context);
  const variances = found.standardError.map((error) => error ** 2);
  return {
    likelihood: {
      logLikelihood: meanAndError(found.logLikelihood),
      samplingError: Math.sqrt(meanAndError(variances).mean),
      effectiveSampleSize: meanAndError(found.effectiveSampleSize),
      importanceSamples,
    },
  };
});
