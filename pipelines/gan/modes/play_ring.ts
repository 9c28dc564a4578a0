/**
 * The stage that plays a game on the ring of Gaussians.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import { createDiscriminator, createGenerator } from "../../../models/gan.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import { fold, keyFrom, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import type { Training } from "../../training/training.ts";
import { owned } from "../build_players.ts";
import { fitGame } from "../fit_game.ts";
import { vectorItems } from "../items.ts";
import { type RingRequest, ringRequest } from "./modes_settings.ts";
import { remedy, type RemedyName, ringStrength } from "./remedies.ts";
import { ringCoverage, ringPoints } from "./ring.ts";

/** Length of a noise vector. */
const LATENT = 2;
/** Points to learn from. */
const POINTS = 2 ** 16;
/** Points that are measured. */
const MEASURED = 2500;
/** Turns averaged in a record, and made in a call. */
const RECORD = 50;

/** A game on the ring, played to its end. */
export interface RingGame {
  /** The records, with `ring/modes`, `ring/quality` and `ring/klToUniform`. */
  readonly training: Training;
  /** Samples at the end, [2500, 2]. */
  readonly points: Float32Array;
}

/** Plays one game, and measures samples from the same noise now and then. */
export const playRing: Stage<
  Partial<RingRequest> & { readonly remedy: RemedyName },
  { readonly ringGame: RingGame }
> = stage("ring", {
  needs: ["remedy"],
  cached: true,
  settings: ringRequest,
  adds: { ringGame: "modes and good samples over turns; samples at the end" },
}, async ({ remedy: name, ...config }, context) => {
  const { ringHidden: hidden, ringLearningRate: rate } = config;
  const { objective, discriminator, criticUpdates, beta1 } = remedy(
    name,
    ringStrength,
  );
  const [weightKey, gameKey, noiseKey] = split(context.key, 3);
  using players = owned({
    generator: createGenerator({
      widths: [LATENT, hidden, hidden, 2],
      activation: "relu",
      norm: "none",
      output: "linear",
    }, sampleParameter(fold(weightKey, "generator"))),
    discriminator: createDiscriminator({
      widths: [2, hidden, hidden, 1],
      activation: "relu",
      ...discriminator,
    }, sampleParameter(fold(weightKey, "discriminator"))),
  });
  using forGenerator = adam(players.generator.variables, { beta1 });
  using forDiscriminator = adam(players.discriminator.variables, { beta1 });
  using sampler = await compile(
    ({ noise }) => ({ points: players.generator.evaluate(noise) }),
    {
      inputs: { noise: { shape: [MEASURED, LATENT] } },
      device: context.device,
      threads: context.threads,
    },
  );
  const noise = normal(noiseKey, MEASURED * LATENT);
  const draw = async () => (await sampler.run({ noise })).points.data;
  const training = await fitGame({
    game: {
      ...players,
      objective,
      optimizers: {
        generator: forGenerator,
        discriminator: forDiscriminator,
      },
    },
    items: vectorItems(ringPoints(fold(keyFrom(0), "ring"), POINTS), 2), // one data set for all games
    batch: config.ringBatch,
    latent: LATENT,
    criticUpdates,
    learningRates: { generator: rate, discriminator: rate },
    key: gameKey,
    turns: () => config.turns,
    recordEvery: RECORD,
    measureEvery: () => config.measureEvery,
    measure: async () => {
      const { modes, quality, klToUniform } = ringCoverage(await draw());
      return {
        "ring/modes": modes,
        "ring/quality": quality,
        "ring/klToUniform": klToUniform,
      };
    },
    keepAt: () => [],
    unit: "points",
  }, context);
  return { ringGame: { training, points: await draw() } };
});
