/**
 * The sizes of convolutional VAEs.
 * @module
 */
import type { ConvVaeOptions } from "../../../models/conv_vae.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { PixelImages } from "../../images/images.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { type InitialWeights, initialWeights } from "../initial_weights.ts";

/** The sizes of the models, as a run's config gives them. */
export interface ArchitectureSizes extends LatentSize, InitialWeights {
  /** Channels after the first halving of the sides; twice as many after the second. */
  readonly channels: number;
}

/** Settings of `ArchitectureSizes`, with their defaults and rules. */
export const architectureSizes: Flags<ArchitectureSizes> = {
  ...latentSize,
  channels: count(32, "channels after the first halving of the sides", {
    smoke: 4,
  }),
  ...initialWeights,
};

/**
 * The sizes of a convolutional VAE as its model takes them.
 *
 * @param sizes Settings of the run.
 * @param images What is modelled.
 * @returns Side, channels, latents and initial weights.
 * @throws {RangeError} If the images are not square.
 */
export function convSizes(
  { channels, ...rest }: ArchitectureSizes,
  { train: { rows, columns } }: PixelImages,
): ConvVaeOptions {
  if (rows !== columns) {
    throw new RangeError(
      `Expected square images but found ${rows} x ${columns}`,
    );
  }
  return { side: rows, channels: [channels, 2 * channels], ...rest };
}
