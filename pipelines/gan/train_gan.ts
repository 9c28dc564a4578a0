/**
 * The stage that trains a generator against a discriminator.
 * @module
 */
import { crossEntropy } from "../../models/adversarial/objective.ts";
import { adam } from "../../models/optimizers/adam.ts";
import { split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import { loadFeatureNetwork } from "../images/features/digit_features.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import type { OwnedPlayers } from "./build_players.ts";
import { fitGame } from "./fit_game.ts";
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
import { imageItems } from "./items.ts";
import { samplerOf } from "./sample_images.ts";
import { sampleQuality } from "./sample_quality.ts";

/** What training a game on images reads. */
export type GanFitInput =
  & Partial<
    GanTraining & GanLosses & SampleRequest & Pick<GanSizes, "latent">
  >
  & {
    readonly players: OwnedPlayers;
    readonly grey: GreyImages;
  };

/**
 * Trains both players in turn with Adam, and measures samples in evaluation, from the same noise, after each epoch.
 *
 * Source: Goodfellow et al. 2014, algorithm 1 with k = 1; Radford et al. 2016, section 4, for the settings of Adam.
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
    adds: { training: "records and kept weights; the players hold the last" },
  }, async ({ players, grey, ...config }, context) => {
    const { generator, discriminator } = players;
    const { latent, batch, learningRate, beta1, epochs } = config;
    const [key, samplesKey] = split(context.key, 2);
    using forGenerator = adam(generator.variables, { beta1 });
    using forDiscriminator = adam(discriminator.variables, { beta1 });
    using network = await loadFeatureNetwork(context);
    using sampler = await samplerOf(generator, latent, context);
    const training = await fitGame({
      game: {
        generator,
        discriminator,
        objective: crossEntropy({
          target: config.smoothing,
          loss: config.loss,
        }),
        optimizers: {
          generator: forGenerator,
          discriminator: forDiscriminator,
        },
      },
      items: imageItems(grey.train),
      batch,
      latent,
      criticUpdates: 1,
      learningRates: { generator: learningRate, discriminator: learningRate },
      key,
      turns: (perEpoch) => epochs * perEpoch,
      recordEvery: config.recordEvery,
      measureEvery: (perEpoch) => perEpoch,
      measure: async () => {
        const pixels = await sampler.sample(samplesKey, config.samples);
        const features = await network.measure(pixels);
        return named(sampleQuality(features, network.testMoments));
      },
      keepAt: (perEpoch) =>
        config.snapshots.map((at) => Math.round(at * perEpoch)),
      unit: "images",
    }, context);
    return { training };
  });

function named(values: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`samples/${name}`, value]),
  );
}
