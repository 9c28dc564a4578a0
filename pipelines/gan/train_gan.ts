/**
 * The stage that trains a generator against a discriminator.
 * @module
 */
import { crossEntropy } from "../../models/adversarial/objective.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import type { OwnedPlayers } from "./build_players.ts";
import { fitImageGame } from "./fit_image_game.ts";
import {
  type GanLosses,
  ganLosses,
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
  type SampleRequest,
  sampleRequest,
} from "./gan_settings.ts";

/** What training a game on images reads. */
export type GanFitInput =
  & Partial<
    GanTraining & GanLosses & SampleRequest & Pick<GanSizes, "latent">
  >
  & {
    /** Who plays. */
    readonly players: OwnedPlayers;
    /** What to learn from. */
    readonly grey: GreyImages;
  };

/**
 * Trains both players by cross-entropy, one update of each in turn, of the generator by the noise that the discriminator
 * has just met: D(G(z)) before and after its update is of the same z.
 *
 * Source: Goodfellow et al. 2014, algorithm 1 with k = 1, where the generator has noise of its own; Radford et al. 2016, section 4, for the settings of Adam.
 */
export const trainGan: Stage<GanFitInput, { readonly training: Training }> =
  stage("train", {
    needs: ["players", "grey"],
    settings: {
      ...ganTraining,
      ...ganLosses,
      ...sampleRequest,
      ...only(ganSizes, "latent"),
    },
    cached: true,
    adds: { training: "records and kept weights; the players hold the last" },
  }, async ({ smoothing, loss, ...game }, context) => ({
    training: await fitImageGame(
      { ...game, objective: crossEntropy({ target: smoothing, loss }) },
      context,
    ),
  }));
