/**
 * The stage that builds both players, as perceptrons or with convolutions.
 * @module
 */
import { createDcgan } from "../../../models/dcgan.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { GreyImages } from "../../images/images.ts";
import { drawParameter } from "../../training/draw_parameter.ts";
import { owned, type OwnedPlayers, perceptrons } from "../build_players.ts";
import { type GanSizes, ganSizes } from "../gan_settings.ts";
import { type DcganSize, dcganSize } from "./dcgan_settings.ts";

/** What the players are made of. */
export type GanArchitecture = "conv" | "mlp";

/**
 * Builds both players of an architecture for the images' size.
 *
 * @throws {RangeError} If convolutions are asked for and images are not square, or their side is no multiple of four.
 */
export const buildGanArchitecture: Stage<
  & Partial<GanSizes & DcganSize>
  & { readonly architecture: GanArchitecture; readonly grey: GreyImages },
  { readonly players: OwnedPlayers }
> = stage("build", {
  needs: ["architecture", "grey"],
  settings: { ...ganSizes, ...dcganSize },
  adds: { players: "generator and discriminator, with variables of their own" },
}, ({ architecture, grey, ...sizes }, { key }) => ({
  players: playersOf(architecture, grey, sizes, key),
}));

/** Makes both players of an architecture. */
export function playersOf(
  architecture: GanArchitecture,
  { train: { rows, columns } }: GreyImages,
  sizes: GanSizes & DcganSize,
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
    generator: drawParameter(fold(key, "generator")),
    discriminator: drawParameter(fold(key, "discriminator")),
  }));
}
