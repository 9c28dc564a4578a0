/**
 * The stage that builds a variational autoencoder.
 * @module
 */
import type { Activation } from "../../models/layers/activation.ts";
import { createVae, type Vae, type VaeOptions } from "../../models/vae.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages, PixelImages } from "../images/images.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import { count, type Field, list, oneOf } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import { type InitialWeights, initialWeights } from "./initial_weights.ts";

/** How long latent vectors are. */
export interface LatentSize {
  /** Length of a latent vector. */
  readonly latent: number;
}

/** The setting of `LatentSize`, with its default and rule. */
export const latentSize: Flags<LatentSize> = {
  latent: count(20, "length of the latent vectors"),
};

/** The layers of a VAE, and how their weights begin. */
export interface VaeLayers extends InitialWeights {
  /** Widths of the hidden layers, from the image to the latents. */
  readonly hidden: readonly number[];
  /** After the encoder's hidden layers. */
  readonly encoderActivation: Activation;
  /** After the decoder's hidden layers. */
  readonly decoderActivation: Activation;
}

/** Settings of `VaeLayers`, with their defaults and rules. */
export const vaeLayers: Flags<VaeLayers> = {
  hidden: list(
    [500],
    count(500, "units of the hidden layers, from the image to the latents"),
    { least: 1, smoke: [100] },
  ),
  encoderActivation: activation("encoder"),
  decoderActivation: activation("decoder"),
  ...initialWeights,
};

/** The sizes of a VAE, as a run's config gives them. */
export interface VaeSizes extends LatentSize, VaeLayers {}

/** Settings of `VaeSizes`, with their defaults and rules. */
export const vaeSizes: Flags<VaeSizes> = { ...latentSize, ...vaeLayers };

/** Builds the VAE of Kingma & Welling 2014 for the images' size. */
export const buildVae: Stage<
  Partial<VaeSizes> & { readonly images: BinaryImages },
  { readonly vae: Owned<Vae> }
> = stage("build", {
  needs: ["images"],
  settings: vaeSizes,
  adds: { vae: "encoder, decoder and prior, with variables of their own" },
}, ({ images, ...sizes }, { key }) => ({
  vae: createVae(modelSizes(sizes, images), sampleParameter(key)),
}));

/**
 * The sizes of a VAE as its model takes them.
 *
 * @param sizes Settings of the run.
 * @param images What is modelled.
 * @returns Pixels, widths, activations and initial weights.
 */
export function modelSizes(
  { encoderActivation, decoderActivation, ...sizes }: VaeSizes,
  { train }: PixelImages,
): VaeOptions {
  return {
    ...sizes,
    pixels: train.rows * train.columns,
    activation: { encoder: encoderActivation, decoder: decoderActivation },
  };
}

function activation(side: string): Field<Activation> {
  return oneOf(
    ["tanh", "relu", "softplus", "gelu"],
    `what follows the hidden layers of the ${side}`,
  );
}
