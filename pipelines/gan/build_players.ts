/**
 * The stage that builds a generator and a discriminator.
 * @module
 */
import type { Players } from "../../models/adversarial/adversarial_updates.ts";
import { createDcgan } from "../../models/dcgan.ts";
import {
  createDiscriminator,
  createGenerator,
  type PerceptronOptions,
} from "../../models/gan.ts";
import { fold, type Key } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GreyImages } from "../images/images.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import {
  type GanArchitecture,
  type GanLayers,
  ganLayers,
  type GanSizes,
  ganSizes,
} from "./gan_settings.ts";

/** Two players, to be disposed together. */
export type OwnedPlayers = Players & Disposable;

/**
 * Builds both players for the images' size, each from a key of its own.
 *
 * @throws {RangeError} If convolutions are asked for and images are not square, or their side is no multiple of four.
 */
export const buildPlayers: Stage<
  Partial<GanSizes & GanLayers> & { readonly grey: GreyImages },
  { readonly players: OwnedPlayers }
> = stage("build", {
  needs: ["grey"],
  settings: { ...ganSizes, ...ganLayers },
  adds: { players: "generator and discriminator, with variables of their own" },
}, ({ grey, ...sizes }, { key }) => ({
  players: playersOf(sizes.architecture, grey, sizes, key),
}));

/**
 * Makes both players of an architecture.
 *
 * @throws {RangeError} If convolutions are asked for and images are not square, or their side is no multiple of four.
 */
export function playersOf(
  architecture: GanArchitecture,
  { train: { rows, columns } }: GreyImages,
  sizes: GanSizes & Pick<GanLayers, "channels">,
  key: Key,
): OwnedPlayers {
  if (architecture === "mlp") return perceptrons(rows * columns, sizes, key);
  if (rows !== columns) {
    throw new RangeError(
      `Expected square images but found ${rows} x ${columns}`,
    );
  }
  const { latent, channels } = sizes;
  return owned(createDcgan({ latent, side: rows, channels }, {
    generator: sampleParameter(fold(key, "generator")),
    discriminator: sampleParameter(fold(key, "discriminator")),
  }));
}

/** Makes both players as perceptrons for images of so many pixels; the discriminator may differ in kind. */
export function perceptrons(
  pixels: number,
  { latent, generatorHidden, discriminatorHidden }: GanSizes,
  key: Key,
  discriminator: Omit<Partial<PerceptronOptions>, "widths"> = {},
): OwnedPlayers {
  return owned({
    generator: createGenerator(
      { widths: [latent, ...generatorHidden, pixels] },
      sampleParameter(fold(key, "generator")),
    ),
    discriminator: createDiscriminator(
      { ...discriminator, widths: [pixels, ...discriminatorHidden, 1] },
      sampleParameter(fold(key, "discriminator")),
    ),
  });
}

/** Gives two players one disposal. */
export function owned(players: Players): OwnedPlayers {
  return {
    ...players,
    [Symbol.dispose]: () => {
      players.generator[Symbol.dispose]();
      players.discriminator[Symbol.dispose]();
    },
  };
}
