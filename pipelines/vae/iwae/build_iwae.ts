/**
 * The stages that build the models of Burda et al. 2016.
 * @module
 */
import type { Owned } from "../../../models/parameters/parameters.ts";
import {
  createTwoLayerVae,
  type TwoLayerVaeOptions,
} from "../../../models/two_layer_vae.ts";
import { createVae } from "../../../models/vae.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { SampledVae } from "../sampled_vae.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import {
  type LatentSize,
  latentSize,
  type VaeLayers,
  vaeLayers,
} from "../build_vae.ts";
import { type Flags, only } from "../../core/task/flags.ts";

/** Part of the latents that are in the first layer, where there are two: 100 of 150. */
const FIRST = 2 / 3;

/** The sizes of a model, as a run's config gives them. */
export type IwaeSizes =
  & LatentSize
  & Pick<VaeLayers, "hidden" | "initialization">;

/** Settings of `IwaeSizes`, with their defaults and rules. */
export const iwaeSizes: Flags<IwaeSizes> = {
  ...latentSize,
  ...only(vaeLayers, "hidden", "initialization"),
};

/** A model, and how its latents are layered. */
export interface BuiltIwae {
  /** Encoder, decoder and prior, with variables of their own. */
  readonly vae: Owned<SampledVae>;
  /** Layers of latents. */
  readonly latentLayers: number;
}

const adds = {
  vae: "encoder, decoder and prior, with variables of their own",
  latentLayers: "layers of latents",
};

/** Builds the model with one layer of latents. */
export const buildIwae: Stage<
  Partial<IwaeSizes> & { readonly images: BinaryImages },
  BuiltIwae
> = stage("build", {
  needs: ["images"],
  settings: iwaeSizes,
  adds,
}, ({ images: { train }, ...config }, { key }) => {
  const sizes = { ...config, pixels: train.rows * train.columns };
  return { vae: createVae(sizes, sampleParameter(key)), latentLayers: 1 };
});

/**
 * Builds the model with two layers of latents, two thirds of them in the first, and hidden layers of half the width
 * between the two.
 *
 * @throws {RangeError} If the number of latents is no multiple of three.
 */
export const buildTwoLayerIwae: Stage<
  Partial<IwaeSizes> & { readonly images: BinaryImages },
  BuiltIwae
> = stage("build", {
  needs: ["images"],
  settings: iwaeSizes,
  adds,
}, ({ images: { train }, ...config }, { key }) => {
  const options = twoLayerSizes(config, train.rows * train.columns);
  return {
    vae: createTwoLayerVae(options, sampleParameter(key)),
    latentLayers: 2,
  };
});

/**
 * Shares the latents between two layers.
 *
 * @param sizes The settings.
 * @param pixels Length of an image.
 * @returns The sizes of the model.
 * @throws {RangeError} If the number of latents is no multiple of three.
 */
export function twoLayerSizes(
  { latent, hidden, initialization }: IwaeSizes,
  pixels: number,
): TwoLayerVaeOptions {
  if (latent % 3 !== 0) {
    throw new RangeError(
      `Expected latent to be a multiple of 3 but found ${latent}`,
    );
  }
  const first = latent * FIRST;
  return {
    pixels,
    hidden,
    first,
    topHidden: hidden.map((width) => Math.ceil(width / 2)),
    second: latent - first,
    initialization,
  };
}
