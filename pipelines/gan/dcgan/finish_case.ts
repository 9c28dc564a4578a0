/**
 * The stage that puts together what was found of a game.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import { sizeOf } from "../../images/left_samples.ts";
import type { Training } from "../../training/training.ts";
import type { OwnedPlayers } from "../build_players.ts";
import type { GeneratorQuality } from "../evaluate_samples.ts";
import {
  type GanArchitecture,
  type GanSizes,
  ganSizes,
} from "../gan_settings.ts";
import { samplerOf } from "../sample_images.ts";
import type { GanCase } from "./gan_case.ts";

/** Samples that are drawn. */
const DRAWN = 36;

/** Draws samples, and counts the parameters of both players. */
export const finishGanCase: Stage<
  Partial<Pick<GanSizes, "latent">> & {
    readonly title: string;
    readonly architecture: GanArchitecture;
    readonly epochs: number;
    readonly players: OwnedPlayers;
    readonly training: Training;
    readonly quality: GeneratorQuality;
  },
  { readonly ganCase: GanCase }
> = stage("finish", {
  needs: [
    ...["title", "architecture", "epochs"] as const,
    ...["players", "training", "quality"] as const,
  ],
  settings: only(ganSizes, "latent"),
  adds: { ganCase: "numbers, samples and history of a game" },
}, async ({ players, latent, ...rest }, context) => {
  using sampler = await samplerOf(players.generator, latent, context);
  return {
    ganCase: {
      ...rest,
      parameters: sizeOf(players.generator.variables) +
        sizeOf(players.discriminator.variables),
      images: await sampler.sample(context.key, DRAWN),
    },
  };
});
