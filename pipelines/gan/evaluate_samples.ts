/**
 * The stage that measures a trained generator's samples.
 * @module
 */
import type { RunContext } from "../core/context.ts";
import { split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import {
  type DigitFeatures,
  type FeatureNetwork,
  featureWidth,
  loadFeatureNetwork,
} from "../images/features/digit_features.ts";
import { frechetDistance } from "../images/features/image_quality.ts";
import type { GreyImages, ImageSplit } from "../images/images.ts";
import { spacedImages } from "../images/spaced_images.ts";
import {
  frechetDistanceTo,
  momentsOf,
} from "../statistics/frechet_distance.ts";
import type { MeanAndError } from "../statistics/mean_and_error.ts";
import {
  type PrecisionAndRecall,
  precisionAndRecall,
} from "../statistics/nearest_neighbours.ts";
import type { OwnedPlayers } from "./build_players.ts";
import {
  type GanSizes,
  ganSizes,
  type SampleRequest,
  sampleRequest,
} from "./gan_settings.ts";
import { samplerOf } from "./sample_images.ts";
import { type EpochQuality, epochQuality } from "./epoch_quality.ts";

/** The numbers of a trained generator. */
export interface GeneratorQuality
  extends Omit<EpochQuality, "frechetDistance">, PrecisionAndRecall {
  /** To the moments of test images, with a jackknife's error. */
  readonly frechetDistance: MeanAndError;
  /** How many samples were measured. */
  readonly samples: number;
  /** What real images, not those of the moments, have. */
  readonly realDistance: number;
  /** How many these were: as many as samples, where there are so many. */
  readonly realImages: number;
}

/** The most vectors whose neighbours are looked for: the time grows with their square. */
const NEIGHBOURS = 2000;

/** Measures fresh samples of the trained generator, and real training images for comparison. */
export const evaluateSamples: Stage<
  Partial<SampleRequest & Pick<GanSizes, "latent">> & {
    readonly players: OwnedPlayers;
    readonly grey: GreyImages;
  },
  { readonly quality: GeneratorQuality }
> = stage("evaluate", {
  needs: ["players", "grey"],
  settings: { ...sampleRequest, ...only(ganSizes, "latent") },
  adds: { quality: "distance, precision, recall and classes of samples" },
}, async ({ players, grey, samples, latent }, context) => {
  using network = await loadFeatureNetwork(context);
  const { generator } = players;
  return {
    quality: await generatorQuality(
      { generator, latent, samples, grey, network },
      context,
    ),
  };
});

/** What the quality of a generator is measured of. */
export interface QualityRequest {
  /** What draws samples. */
  readonly generator: OwnedPlayers["generator"];
  /** Length of a noise vector. */
  readonly latent: number;
  /** How many samples. */
  readonly samples: number;
  /** Real images. */
  readonly grey: GreyImages;
  /** What sees their features. */
  readonly network: FeatureNetwork;
}

/** Measures samples of a generator, drawn by the stage's key. */
export async function generatorQuality(
  { generator, latent, samples, grey, network }: QualityRequest,
  context: RunContext,
): Promise<GeneratorQuality> {
  using sampler = await samplerOf(generator, latent, context);
  const [key] = split(context.key, 2);
  const made = await network.measure(await sampler.sample(key, samples));
  const look = async (images: ImageSplit, most: number) =>
    await network.measure(spacedImages(images, most).pixels);
  const training = await look(grey.train, samples);
  const test = await look(grey.test, NEIGHBOURS);
  const { frechetDistance: _of, ...rest } = epochQuality(
    made,
    network.testMoments,
  );
  return {
    ...rest,
    frechetDistance: frechetDistance(made, network.testMoments),
    samples,
    realDistance: frechetDistanceTo(network.testMoments)(
      momentsOf(training.features, featureWidth),
    ),
    realImages: training.count,
    ...precisionAndRecall(
      firstFeatures(made, test.count),
      test.features,
      featureWidth,
    ),
  };
}

function firstFeatures({ features }: DigitFeatures, count: number) {
  return features.subarray(0, Math.min(count, NEIGHBOURS) * featureWidth);
}
