/**
 * The stage that counts the latent dimensions which a VAE uses.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../images/images.ts";
import type { SampledVae } from "./sampled_vae.ts";
import {
  measurePosteriorMeans,
  variancesOfMeans,
} from "./measure_posterior_means.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";

/** The variance from which a unit counts as active. Burda et al. 2016, section 5.2. */
export const ACTIVE_ABOVE = 0.01;

/** Which latent dimensions are used. */
export interface ActiveUnits {
  /** How many dimensions have a variance above 0.01. */
  readonly count: number;
  /** Variance over the test images of the posterior mean of each dimension, [latent]. */
  readonly variances: readonly number[];
}

/** Counts the dimensions whose posterior mean varies over the test images. */
export const countActiveUnits: Stage<
  Partial<LatentSize> & {
    readonly vae: SampledVae;
    readonly images: BinaryImages;
  },
  { readonly activeUnits: ActiveUnits }
> = stage("active-units", {
  needs: ["vae", "images"],
  settings: latentSize,
  adds: {
    activeUnits: "variance of the posterior mean of each latent dimension",
  },
}, async ({ vae, images: { test }, latent }, context) => {
  const means = await measurePosteriorMeans(vae, test, latent, context);
  const variances = variancesOfMeans(means, latent);
  const count = variances.filter((variance) => variance > ACTIVE_ABOVE).length;
  return { activeUnits: { count, variances } };
});
