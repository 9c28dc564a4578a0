/**
 * The stage that plays a kind of game on images.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type { GreyImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import { perceptrons } from "../build_players.ts";
import { fitImageGame } from "../fit_image_game.ts";
import type { GanSizes, SampleRequest } from "../gan_settings.ts";
import { imageGames, type ImageTraining } from "./modes_settings.ts";
import { imageStrength, remedy, type RemedyName } from "./remedies.ts";

/** Plays one game, and measures samples after each epoch: five updates of a critic take as many images as five turns. */
export const playImages: Stage<
  & Partial<ImageTraining & GanSizes & SampleRequest>
  & { readonly remedy: RemedyName; readonly grey: GreyImages },
  { readonly training: Training }
> = stage("images", {
  cached: true,
  needs: ["remedy", "grey"],
  settings: imageGames,
  adds: { training: "records, with the quality of samples by epoch" },
}, async ({ remedy: name, grey, ...config }, context) => {
  const { objective, criticUpdates, beta1, discriminator } = remedy(
    name,
    imageStrength,
  );
  const pixels = grey.train.rows * grey.train.columns;
  using players = perceptrons(pixels, config, context.key, discriminator);
  const game = { ...config, players, grey, objective, criticUpdates, beta1 };
  return { training: await fitImageGame(game, context) };
});
