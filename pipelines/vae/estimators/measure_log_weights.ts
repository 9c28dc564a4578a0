/**
 * Importance weights of every image of a split, one by one.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import type { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import type { LatentVariableModel } from "../../../models/objectives/latent_variable_model.ts";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import type { RunContext } from "../../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../../core/steps_in_flight.ts";
import type { Key } from "../../core/random/key.ts";
import type { ImageSplit } from "../../images/images.ts";
import { imageBlocks } from "../../images/image_blocks.ts";
import { callSizes, sampleNoise, weighedChunks } from "../weighed_samples.ts";

/** How to weigh. */
export interface WeightOptions {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Samples of each image. */
  readonly samples: number;
  /** Where the samples come from: p(z), or q(z | x). */
  readonly proposal: "prior" | "encoder";
  /** Draws the samples. */
  readonly key: Key;
}

/**
 * Weighs samples of the prior, by p(x | z), or of the encoder, by p(x, z) / q(z | x).
 *
 * @param model The model, for images of Bernoulli pixels.
 * @param split The images.
 * @param options Sizes, samples for each image, and where they come from.
 * @param context Of the stage that weighs.
 * @returns Log weights in nats, [sample, image], row by row.
 */
export async function measureLogWeights(
  model: LatentVariableModel<StandardNormal>,
  split: ImageSplit,
  { latent, samples, proposal, key }: WeightOptions,
  { device, threads, signal }: RunContext,
): Promise<Float32Array> {
  const weighed = proposal === "encoder" ? model : withPrior(model, latent);
  const sizes = callSizes(split.count, samples);
  using step = await compile(({ images, noise }) => ({
    logWeights: logWeights(weighed, images.cast("float32"), noise),
  }), {
    inputs: {
      images: {
        shape: [sizes.images, split.rows * split.columns],
        dtype: "bool",
      },
      noise: { shape: [sizes.samples, sizes.images, latent] },
    },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  const found = new Float32Array(samples * split.count);
  const noiseAt = sampleNoise(key, sizes, latent);
  const chunks = weighedChunks(imageBlocks(split, sizes.images), {
    total: samples,
    samples: sizes.samples,
  });
  const weighedOnes = stepsInFlight(
    step,
    chunks,
    threads,
    ({ block, drawn }) => ({
      images: block.pixels,
      noise: noiseAt(block.first, drawn),
    }),
  );
  for await (const { item, outputs: { logWeights } } of weighedOnes) {
    const { block: { first, count }, drawn } = item;
    signal.throwIfAborted();
    const rows = Math.min(sizes.samples, samples - drawn);
    for (let row = 0; row < rows; row++) {
      const at = row * sizes.images;
      const weights = logWeights.subarray(at, at + count);
      found.set(weights, (drawn + row) * split.count + first);
    }
  }
  return found;
}

/** Puts the prior of a model in the place of its encoder. */
function withPrior(
  model: LatentVariableModel<StandardNormal>,
  latent: number,
): LatentVariableModel<StandardNormal> {
  return {
    prior: model.prior,
    decode: (latents) => model.decode(latents),
    encode: (images) => {
      const zeros = tf.zeros([images.shape[0], latent]);
      return new DiagonalNormal(zeros, zeros);
    },
  };
}
