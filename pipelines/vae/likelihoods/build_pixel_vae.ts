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
import { sampleParameter } from "../../training/sample_parameter.ts";
import { modelSizes, type VaeSizes, vaeSizes } from "../build_vae.ts";

/** Builds a VAE for the images' size whose pixels are distributed as the config says. */
export const buildPixelVae: Stage<
  Partial<VaeSizes> & {
    readonly images: PixelImages;
    readonly pixelLikelihood: PixelLikelihood;
  },
  { readonly vae: Owned<Vae<WithMean>> }
> = stage("build", {
  needs: ["images", "pixelLikelihood"],
  settings: vaeSizes,
  adds: { vae: "encoder, decoder and prior, with variables of their own" },
}, ({ images, pixelLikelihood: likelihood, ...sizes }, { key }) => ({
  vae: createVaeOf(
    { ...modelSizes(sizes, images), likelihood },
    sampleParameter(key),
  ),
}));
