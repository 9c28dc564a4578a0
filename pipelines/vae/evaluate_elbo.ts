/**
 * The stage that measures the evidence lower bound on the test images.
 * @module
 */
import type { WithMean } from "../../models/distributions/distribution.ts";
import type { Vae } from "../../models/vae.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { PixelImages } from "../images/images.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { scaleOf } from "../images/pixel_input.ts";
import { elboMeter } from "../images/measure_elbo.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";
import { type ElboTraining, elboTraining } from "../images/fit_elbo.ts";
import { only } from "../core/task/flags.ts";

/** The bound and its terms, averaged over images, in nats per image. */
export interface ElboEstimate {
  /** reconstruction - kl */
  readonly elbo: MeanAndError;
  /** Monte Carlo estimate of E_q log p(x | z). */
  readonly reconstruction: MeanAndError;
  /** KL(q(z | x) || p(z)), in closed form. */
  readonly kl: MeanAndError;
}

/** Measures both terms of the ELBO on the test images. */
export const evaluateElbo: Stage<
  Partial<LatentSize & Pick<ElboTraining, "monteCarlo">> & {
    readonly vae: Vae<WithMean>;
    readonly images: PixelImages;
  },
  { readonly elbo: ElboEstimate }
> = stage("elbo", {
  needs: ["vae", "images"],
  settings: { ...latentSize, ...only(elboTraining, "monteCarlo") },
  adds: {
    elbo: "test ELBO and its terms with standard errors, nats per image",
  },
}, async ({ vae, images, latent, monteCarlo }, context) => {
  const { test } = images;
  const scale = scaleOf(images);
  const pixels = test.rows * test.columns;
  using meter = await elboMeter(
    vae,
    { pixels, latent, monteCarlo, scale },
    context,
  );
  const { reconstruction, kl } = await meter.measure(test, context.key);
  const bounds = Float64Array.from(kl, (kl, i) => reconstruction[i]! - kl);
  return {
    elbo: {
      elbo: meanAndError(bounds),
      reconstruction: meanAndError(reconstruction),
      kl: meanAndError(kl),
    },
  };
});
