/**
 * Turns of an adversarial game, as work.
 * @module
 */
import { crossEntropy } from "../../models/adversarial/objective.ts";
import { adam } from "../../models/optimizers/adam.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { perceptrons } from "../../pipelines/gan/build_players.ts";
import { compileGame } from "../../pipelines/gan/compile_game.ts";
import type { GanSizes as PlayerSizes } from "../../pipelines/gan/gan_settings.ts";
import { vectorItems } from "../../pipelines/gan/items.ts";
import { versionOf } from "../versions.ts";
import { noise } from "./inputs.ts";
import type { Setting } from "./training.ts";
import { repeated, type Work } from "./work.ts";

/** Sizes of both players, and their batch. */
export interface GanSizes extends PlayerSizes {
  readonly batch: number;
  readonly pixels: number;
}

/** The players of `deno task gan`, and batches of 128. */
export const usualGan: GanSizes = {
  batch: 128,
  pixels: 784,
  latent: 100,
  generatorHidden: [128, 256, 512, 1024],
  discriminatorHidden: [512, 256],
};

const IMAGES = 1280;

/** Both players of `deno task gan` in batches of 128; the unit is an update of each. */
export async function ganTurns(
  { device, threads, stepsPerCall }: Setting,
): Promise<Work> {
  const key = keyFrom(0);
  const { batch, pixels, latent } = usualGan;
  const players = perceptrons(pixels, usualGan, key);
  const { generator, discriminator } = players;
  const game = await compileGame(
    {
      game: {
        ...players,
        objective: crossEntropy({ target: 0.9 }),
        optimizers: {
          generator: adam(generator.variables, { beta1: 0.5 }),
          discriminator: adam(discriminator.variables, { beta1: 0.5 }),
        },
      },
      items: vectorItems(
        Float32Array.from(noise([IMAGES, pixels]).data, Math.tanh),
        pixels,
      ),
      batch,
      latent,
      criticUpdates: 1,
      learningRates: { generator: 2e-4, discriminator: 2e-4 },
      key,
    },
    stepsPerCall,
    { device, threads },
  );
  let turn = 0;
  const call = async () => {
    await game.run(turn, stepsPerCall);
    turn += stepsPerCall;
  };
  const version = versionOf("onnxruntime-node");
  const facts =
    `onnxruntime-node ${version}, ${threads} threads, ${stepsPerCall} steps per call`;
  return { facts, run: repeated(call, stepsPerCall) };
}
