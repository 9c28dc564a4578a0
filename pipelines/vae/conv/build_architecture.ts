/**
 * The stage that builds a convolutional VAE, or a plain one of as many parameters.
 * @module
 */
import {
  type ConvVae,
  convVaeSpecs,
  createConvVae,
} from "../../../models/conv_vae.ts";
import {
  countParameters,
  type Owned,
  type SampleParameter,
} from "../../../models/parameters/parameters.ts";
import { createVae, vaeSpecs } from "../../../models/vae.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { ImageArchitecture, ImageModel } from "./image_model.ts";
import type { BinaryImages } from "../../images/images.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import type { LatentSize } from "../build_vae.ts";
import type { InitialWeights } from "../initial_weights.ts";
import {
  type ArchitectureSizes,
  architectureSizes,
  convSizes,
} from "./architecture_sizes.ts";

/**
 * Builds a model of the given architecture. The plain one has the hidden width that brings it closest to the number of
 * parameters of the convolutional one.
 *
 * @throws {RangeError} If the images are not square, or their side is no multiple of four.
 */
export const buildArchitecture: Stage<
  Partial<ArchitectureSizes> & {
    readonly architecture: ImageArchitecture;
    readonly images: BinaryImages;
  },
  { readonly model: ImageModel }
> = stage("build", {
  needs: ["architecture", "images"],
  settings: architectureSizes,
  adds: { model: "encoder, decoder, and what is trained" },
}, ({ architecture, images, ...own }, { key }) => {
  const sizes = convSizes(own, images);
  const { channels: _, ...rest } = own;
  const pixels = images.train.rows * images.train.columns;
  const parameters = countParameters(convVaeSpecs(sizes));
  const draw = sampleParameter(key);
  return {
    model: architecture === "mlp"
      ? plain({ ...rest, pixels }, parameters, draw)
      : convolutional(createConvVae(sizes, draw), architecture, parameters),
  };
});

function convolutional(
  vae: Owned<ConvVae>,
  architecture: ImageArchitecture,
  parameters: number,
): ImageModel {
  const modelOf: ImageModel["modelOf"] = architecture === "conv"
    ? () => vae
    : (images) => ({
      prior: vae.prior,
      encode: vae.encode,
      decode: (latents) => vae.decodeWithSkips(latents, images),
    });
  return { vae, modelOf, parameters, [Symbol.dispose]: vae[Symbol.dispose] };
}

function plain(
  options: LatentSize & InitialWeights & { readonly pixels: number },
  wanted: number,
  draw: SampleParameter,
): ImageModel {
  const hidden = widthFor(options.pixels, options.latent, wanted);
  const sizes = { ...options, hidden };
  const vae = createVae({ ...sizes, activation: "relu" }, draw);
  const parameters = countParameters(vaeSpecs(sizes));
  return {
    vae,
    modelOf: () => vae,
    parameters,
    [Symbol.dispose]: vae[Symbol.dispose],
  };
}

/**
 * The hidden width of a plain VAE whose number of parameters is closest to the one wanted.
 *
 * @param pixels Length of an image.
 * @param latent Length of a latent vector.
 * @param wanted Numbers to learn.
 * @returns At least 1.
 */
export function widthFor(
  pixels: number,
  latent: number,
  wanted: number,
): number {
  const count = (hidden: number) =>
    countParameters(vaeSpecs({ pixels, latent, hidden }));
  const perUnit = count(2) - count(1); // the count is a line in the width
  return Math.max(1, Math.round(1 + (wanted - count(1)) / perUnit));
}
