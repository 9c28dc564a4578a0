/**
 * The stage that builds a variational autoencoder.
 * @module
 */
import type { Activation } from "../../models/layers/activation.ts";
import type { HiddenWidths } from "../../models/layers/hidden_layers.ts";
import { createVae, type Vae } from "../../models/vae.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../images/images.ts";
import { drawParameter } from "../training/draw_parameter.ts";

/** The sizes of a VAE, as a run's config gives them. */
export interface VaeSizes {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Width of the hidden layer on each side, or of several, from the image to the latents. */
  readonly hidden: HiddenWidths;
  /** After the encoder's hidden layers. */
  readonly encoderActivation: Activation;
  /** After the decoder's hidden layers. */
  readonly decoderActivation: Activation;
}

/** Builds the VAE of Kingma & Welling 2014 for the images' size. */
export const buildVae: Stage<
  VaeSizes & { readonly images: BinaryImages },
  { readonly vae: Owned<Vae> }
> = stage("build", {
  needs: [
    "latent",
    "hidden",
    "encoderActivation",
    "decoderActivation",
    "images",
  ],
  adds: { vae: "encoder, decoder and prior, with variables of their own" },
}, ({ images, ...config }, { key }) => {
  const { latent, hidden, encoderActivation, decoderActivation } = config;
  const pixels = images.train.rows * images.train.columns;
  const activation = { encoder: encoderActivation, decoder: decoderActivation };
  const sizes = { pixels, hidden, latent, activation };
  return { vae: createVae(sizes, drawParameter(key)) };
});
