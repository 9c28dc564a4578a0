/**
 * The stage that builds a variational autoencoder.
 * @module
 */
import { createVae, type Vae } from "../../models/vae.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../entries/images.ts";
import { drawParameter } from "./draw_parameter.ts";

/** The sizes of a VAE, as a run's config gives them. */
export interface VaeSizes {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Width of the two hidden layers. */
  readonly hidden: number;
}

/** Builds the VAE of Kingma & Welling 2014, with tanh layers, for the images' size. */
export const buildVae: Stage<
  VaeSizes & { readonly images: BinaryImages },
  { readonly vae: Owned<Vae> }
> = stage("build", {
  needs: ["latent", "hidden", "images"],
  adds: { vae: "encoder, decoder and prior, with variables of their own" },
}, ({ latent, hidden, images }, { key }) => {
  const pixels = images.train.rows * images.train.columns;
  return { vae: createVae({ pixels, hidden, latent }, drawParameter(key)) };
});
