/**
 * The stage that builds a generator and a discriminator.
 * @module
 */
import type { Players } from "../../models/adversarial/adversarial_updates.ts";
import {
  createDiscriminator,
  createGenerator,
  type PerceptronOptions,
} from "../../models/gan.ts";
import { fold, type Key } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GreyImages } from "../images/images.ts";
import { drawParameter } from "../training/draw_parameter.ts";
import { type GanSizes, ganSizes } from "./gan_settings.ts";

/** Two players, to be disposed together. */
export type OwnedPlayers = Players & Disposable;

/** Builds the perceptrons of both players for the images' size, each from a key of its own. */
export const buildPlayers: Stage<
  Partial<GanSizes> & { readonly grey: GreyImages },
  { readonly players: OwnedPlayers }
> = stage("build", {
  needs: ["grey"],
  settings: ganSizes,
  adds: { players: "generator and discriminator, with variables of their own" },
}, ({ grey, ...sizes }, { key }) => ({
  players: perceptrons(grey.train.rows * grey.train.columns, sizes, key),
}));

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
      drawParameter(fold(key, "generator")),
    ),
    discriminator: createDiscriminator(
      { ...discriminator, widths: [pixels, ...discriminatorHidden, 1] },
      drawParameter(fold(key, "discriminator")),
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
