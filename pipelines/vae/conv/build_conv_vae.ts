/**
 * The stage that builds a convolutional VAE.
 * @module
 */
import { type ConvVae, createConvVae } from "../../../models/conv_vae.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { BinaryImages } from "../../images/images.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import {
  type ArchitectureSizes,
  architectureSizes,
  convSizes,
} from "./architecture_sizes.ts";

/**
 * Builds the convolutional VAE for the images' size.
 *
 * @throws {RangeError} If the images are not square, or their side is no multiple of four.
 */
export const buildConvVae: Stage<
  Partial<ArchitectureSizes> & { readonly images: BinaryImages },
  { readonly vae: Owned<ConvVae> }
> = stage("build", {
  needs: ["images"],
  settings: architectureSizes,
  adds: { vae: "encoder, decoder and prior, with variables of their own" },
}, ({ images, ...sizes }, { key }) => ({
  vae: createConvVae(convSizes(sizes, images), sampleParameter(key)),
}));
