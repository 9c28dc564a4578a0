/**
 * The stage that draws what a generator makes before, during and after training.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import { imageGrid } from "../charts/image_grid.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import { assignWeights, readWeights } from "../training/weights.ts";
import type { OwnedPlayers } from "./build_players.ts";
import { gameVariables } from "./fit_game.ts";
import { type GanSizes, ganSizes } from "./gan_settings.ts";
import { samplerOf } from "./sample_images.ts";

/** Images along a side of a grid. */
const SIDE = 6;

/** Draws a grid of samples for each kept moment and for the end, from the same noise; none is chosen. */
export const drawGanSamples: Stage<
  Partial<Pick<GanSizes, "latent">> & {
    readonly players: OwnedPlayers;
    readonly grey: GreyImages;
    readonly training: Training;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-samples", {
  needs: ["players", "grey", "training", "dataset"],
  settings: only(ganSizes, "latent"),
  adds: {},
}, async ({ players, grey, training, dataset, latent }, context) => {
  const { rows, columns } = grey.train;
  const variables = gameVariables(players);
  using sampler = await samplerOf(players.generator, latent, context);
  const draw = async () => unit(await sampler.sample(context.key, SIDE * SIDE));
  const trained = await readWeights(variables);
  const grids = [];
  for (const { weights, step, epoch } of training.snapshots) {
    if (step === training.steps) continue;
    assignWeights(variables, weights);
    grids.push({ title: momentTitle(epoch), images: await draw() });
  }
  assignWeights(variables, trained);
  const end = training.history.at(-1)?.epoch ?? 0;
  grids.push({ title: momentTitle(end), images: await draw() });
  await context.artifacts.figure(
    await imageGrid({
      name: "samples",
      title: "Samples of the generator from the same noise, none chosen",
      subtitle: subtitleOf(dataset, context),
      imageShape: [rows, columns],
      grids: grids.map((grid) => ({ ...grid, columns: SIDE })),
    }),
  );
  return {};
});

/** Bytes as grey values from 0 to 1. */
export function unit(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, (byte) => byte / 255);
}

function momentTitle(epoch: number): string {
  if (epoch === 0) return "Before training";
  return `After epoch ${Number(epoch.toFixed(2))}`;
}
