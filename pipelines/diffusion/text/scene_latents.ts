/**
 * The stage that turns scenes into latents with mean 0 and variance 1.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type { DenoisingItems } from "../denoising_model.ts";
import {
  type AutoencoderWeights,
  compileAutoencoder,
  type SceneCoder,
} from "./scene_autoencoder.ts";
import type { SceneSet, SceneSets } from "../../images/scenes/make_scenes.ts";
import { promptTokens } from "../../images/scenes/prompt_tokens.ts";
import { latentChannels } from "./text_sizes.ts";

/** How latents are brought to mean 0 and variance 1 for diffusion. */
export interface LatentScale {
  /** Means over training scenes and places, [channel]. */
  readonly means: readonly number[];
  /** Standard deviations likewise, [channel]. */
  readonly deviations: readonly number[];
}

/** Latents of scenes with the tokens of their captions. */
export interface LatentSets {
  /** To learn from. */
  readonly train: DenoisingItems;
  /** To choose by. */
  readonly validation: DenoisingItems;
}

/** Encodes training and validation scenes. */
export const encodeScenes: Stage<
  {
    readonly sceneSets: SceneSets;
    readonly autoencoder: AutoencoderWeights;
  },
  { readonly latents: LatentSets; readonly latentScale: LatentScale }
> = stage("encode", {
  needs: ["sceneSets", "autoencoder"],
  adds: {
    latents: "means of latents, scaled, with tokens",
    latentScale: "mean and deviation of each channel",
  },
}, async ({ sceneSets, autoencoder }, context) => {
  using coder = await compileAutoencoder(autoencoder, context);
  const { train, validation } = sceneSets;
  const latents = await coder.encode(train.images.pixels);
  const latentScale = scaleOfLatents(latents);
  const items = (set: SceneSet, values: Float32Array) => ({
    count: set.images.count,
    values: toScale(values, latentScale),
    conditions: tokensOf(set.captions),
  });
  return {
    latents: {
      train: items(train, latents),
      validation: items(
        validation,
        await coder.encode(validation.images.pixels),
      ),
    },
    latentScale,
  };
});

/** Tokens of prompts, one after another. */
export function tokensOf(
  prompts: readonly string[],
): Int32Array<ArrayBuffer> {
  return Int32Array.from(prompts.flatMap((text) => [...promptTokens(text)]));
}

/**
 * Decodes latents as diffusion has them.
 *
 * @param coder The autoencoder.
 * @param latents Scaled, [count * latent].
 * @param scale Their scale.
 * @returns Bytes, [count * 3072].
 */
export async function decodeScaled(
  coder: Pick<SceneCoder, "decode">,
  latents: Float32Array,
  { means, deviations }: LatentScale,
): Promise<Uint8Array<ArrayBuffer>> {
  return await coder.decode(
    latents.map((value, i) => {
      const channel = i % latentChannels;
      return means[channel]! + deviations[channel]! * value; // one for each
    }),
  );
}

function toScale(
  latents: Float32Array,
  { means, deviations }: LatentScale,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(latents, (value, i) => {
    const channel = i % latentChannels;
    return (value - means[channel]!) / deviations[channel]!; // one for each
  });
}

function scaleOfLatents(latents: Float32Array): LatentScale {
  const channels = Array.from(
    { length: latentChannels },
    (_, channel) => latents.filter((_, i) => i % latentChannels === channel),
  );
  const found = channels.map((values) => {
    const { mean, standardError } = meanAndError(values);
    return { mean, deviation: standardError * Math.sqrt(values.length) };
  });
  return {
    // as the file of the model keeps them, so that a model that is read draws the same
    means: found.map(({ mean }) => Math.fround(mean)),
    deviations: found.map(({ deviation }) => Math.fround(deviation)),
  };
}
