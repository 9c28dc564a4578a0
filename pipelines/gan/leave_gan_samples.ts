/**
 * The stage that leaves a generator's samples for other runs.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import type { GreyImages } from "../images/images.ts";
import { leaveSamples, sizeOf } from "../images/left_samples.ts";
import type { OwnedPlayers } from "./build_players.ts";
import { type GanSizes, ganSizes } from "./gan_settings.ts";
import { samplerOf } from "./sample_images.ts";

/** How many are left. */
const COUNT = 2000;

/** Leaves 2,000 samples in evaluation. */
export const leaveGanSamples: Stage<
  Partial<Pick<GanSizes, "latent">> & {
    readonly players: OwnedPlayers;
    readonly grey: GreyImages;
  },
  object
> = stage("leave-samples", {
  needs: ["players", "grey"],
  settings: only(ganSizes, "latent"),
  adds: {},
}, async ({ players, grey: { train }, latent }, context) => {
  using sampler = await samplerOf(players.generator, latent, context);
  const start = performance.now();
  const pixels = await sampler.sample(context.key, COUNT);
  await leaveSamples({
    pixels,
    rows: train.rows,
    columns: train.columns,
    made: "images of the generator, with moving statistics",
    parameters: sizeOf(players.generator.variables) +
      sizeOf(players.discriminator.variables),
    seconds: (performance.now() - start) / 1000,
  }, context);
  return {};
});
