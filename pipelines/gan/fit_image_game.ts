/**
 * The training of a game on images, with samples measured after each epoch.
 * @module
 */
import type { Players } from "../../models/adversarial/adversarial_updates.ts";
import type { Objective } from "../../models/adversarial/objective.ts";
import { toldOf } from "../images/fit_model.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { RunContext } from "../core/context.ts";
import { split } from "../core/random/key.ts";
import { loadFeatureNetwork } from "../images/features/digit_features.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import { fitGame } from "./fit_game.ts";
import type { GanTraining, SampleRequest } from "./gan_settings.ts";
import { imageItems } from "./items.ts";
import { samplerOf } from "./sample_images.ts";
import { epochQuality } from "./epoch_quality.ts";

/** A game on images. */
export interface ImageGame extends GanTraining, SampleRequest {
  /** The players. */
  readonly players: Players;
  /** What both minimize. */
  readonly objective: Objective;
  /** What to learn from. */
  readonly grey: GreyImages;
  /** Length of a noise vector. */
  readonly latent: number;
  /** Updates of the discriminator before one of the generator; 1 unless given. */
  readonly criticUpdates?: number;
}

/**
 * Trains both players in turn with Adam, and measures samples in evaluation, from the same noise, after each epoch.
 *
 * @param imageGame What to train, and how.
 * @param context Of the stage that trains.
 * @returns How it went, with `samples/frechetDistance` and other numbers of samples by epoch.
 */
export async function fitImageGame(
  { players, objective, grey, criticUpdates = 1, ...config }: ImageGame,
  context: RunContext,
): Promise<Training> {
  const { generator, discriminator } = players;
  const { latent, batch, learningRate, beta1, epochs } = config;
  const [key, samplesKey] = split(context.key, 2);
  using forGenerator = adam(generator.variables, { beta1 });
  using forDiscriminator = adam(discriminator.variables, { beta1 });
  using network = await loadFeatureNetwork(context);
  using sampler = await samplerOf(generator, latent, context);
  const optimizers = {
    generator: forGenerator,
    discriminator: forDiscriminator,
  };
  return await fitGame({
    game: { generator, discriminator, objective, optimizers },
    items: imageItems(grey.train),
    batch,
    latent,
    criticUpdates,
    learningRates: { generator: learningRate, discriminator: learningRate },
    key,
    turns: (perEpoch) => epochs * perEpoch,
    recordEvery: config.recordEvery,
    measureEvery: (perEpoch) => perEpoch,
    measure: async () => {
      const pixels = await sampler.sample(samplesKey, config.samples);
      const features = await network.measure(pixels);
      const { shares: _many, ...numbers } = epochQuality(
        features,
        network.testMoments,
      );
      return named(numbers);
    },
    keepAt: (perEpoch) =>
      config.snapshots.map((at) => Math.round(at * perEpoch)),
    unit: "images",
    told: toldOf(grey.train),
  }, context);
}

function named(values: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`samples/${name}`, value]),
  );
}
