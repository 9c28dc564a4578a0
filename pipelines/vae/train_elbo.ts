/**
 * The stage that trains a variational autoencoder by its evidence lower bound.
 * @module
 */
import type { WithMean } from "../../models/distributions/distribution.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { Vae } from "../../models/vae.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { PixelImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import {
  type ElboTraining,
  elboTraining,
  fitElbo,
} from "../images/fit_elbo.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";

export type { ElboTraining } from "../images/fit_elbo.ts";

/**
 * Trains by the ELBO with Adam, validates now and then, and restores the best weights.
 *
 * Source: Kingma & Welling 2014, algorithm 1 and eq. 10; Kingma & Ba 2015.
 */
export const trainElbo: Stage<
  Partial<LatentSize & ElboTraining> & {
    readonly vae: Owned<Vae<WithMean>>;
    readonly images: PixelImages;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["vae", "images"],
  settings: { ...latentSize, ...elboTraining },
  cached: true,
  adds: { training: "records, kept weights, and the best weight update" },
}, async ({ vae, images, ...config }, context) => {
  const { variables } = vae;
  const fit = { ...config, images, variables, modelOf: () => vae };
  return { training: await fitElbo(fit, context) };
});
