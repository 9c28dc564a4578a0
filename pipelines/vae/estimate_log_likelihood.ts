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

/** Estimates log p(x) of the test images by importance sampling from the encoder. */
export const estimateLogLikelihood: Stage<
  {
    readonly vae: SampledVae;
    readonly images: PixelImages;
    readonly latent: number;
    readonly importanceSamples: number;
  },
  { readonly likelihood: LogLikelihoodEstimate }
> = stage("likelihood", {
  needs: ["vae", "images", "latent", "importanceSamples"],
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
