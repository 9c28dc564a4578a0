/**
 * Turns of an adversarial game, as work.
 * @module
 */
import { crossEntropy } from "../../models/adversarial/objective.ts";
import { adam } from "../../models/optimizers/adam.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { perceptrons } from "../../pipelines/gan/build_players.ts";
import { compileGame } from "../../pipelines/gan/compile_game.ts";
import { vectorItems } from "../../pipelines/gan/items.ts";
import { versionOf } from "../versions.ts";
import { noise } from "./inputs.ts";
import type { Setting } from "./training.ts";
import { repeated, type Work } from "./work.ts";

const [BATCH, PIXELS, LATENT, IMAGES] = [128, 784, 100, 1280];

/** Both players of `deno task gan` in batches of 128; the unit is an update of each. */
export async function ganTurns(
  { device, threads, stepsPerCall }: Setting,
): Promise<Work> {
  const key = keyFrom(0);
  const players = perceptrons(PIXELS, {
    latent: LATENT,
    generatorHidden: [128, 256, 512, 1024],
    discriminatorHidden: [512, 256],
  }, key);
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
        Float32Array.from(noise([IMAGES, PIXELS]).data, Math.tanh),
        PIXELS,
      ),
      batch: BATCH,
      latent: LATENT,
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
