/**
 * The stage that builds a variational autoencoder with a chosen distribution of pixels.
 * @module
 */
import type {
  PixelLikelihood,
} from "../../../models/distributions/pixel_likelihood.ts";
import type { WithMean } from "../../../models/distributions/distribution.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import { createVaeOf, type Vae } from "../../../models/vae.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { PixelImages } from "../../images/images.ts";
import { drawParameter } from "../../training/draw_parameter.ts";
import type { VaeSizes } from "../build_vae.ts";

/** Builds a VAE for the images' size whose pixels are distributed as the config says. */
export const buildPixelVae: Stage<
  VaeSizes & {
    readonly images: PixelImages;
    readonly pixelLikelihood: PixelLikelihood;
  },
  { readonly vae: Owned<Vae<WithMean>> }
> = stage("build", {
  needs: [
    "latent",
    "hidden",
    "encoderActivation",
    "decoderActivation",
    "images",
    "pixelLikelihood",
  ],
  adds: { vae: "encoder, decoder and prior, with variables of their own" },
}, ({ images, ...config }, { key }) => {
  const { latent, hidden, pixelLikelihood: likelihood } = config;
  const { encoderActivation: encoder, decoderActivation: decoder } = config;
  const pixels = images.train.rows * images.train.columns;
  const activation = { encoder, decoder };
  const sizes = { pixels, hidden, latent, activation, likelihood };
  return { vae: createVaeOf(sizes, drawParameter(key)) };
});
