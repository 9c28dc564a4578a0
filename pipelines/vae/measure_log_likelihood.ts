/**
 * The log-likelihood of every image of a split, by importance sampling.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { ImportanceModel } from "../../models/objectives/latent_variable_model.ts";
import { logWeights } from "../../models/objectives/log_weights.ts";
import { RunningLogMeanExp } from "../../models/objectives/running_log_mean_exp.ts";
import type { RunContext } from "../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../core/steps_in_flight.ts";
import type { ImageSplit } from "../images/images.ts";
import { imageBlocks } from "../images/image_blocks.ts";
import { dtypeOf, type PixelScale, toUnit } from "../images/pixel_input.ts";
import { keepEstimates } from "./keep_estimates.ts";
import { callSizes, sampleNoise, weighedChunks } from "./weighed_samples.ts";

/** How to estimate. */
export interface LogLikelihoodOptions {
  /** Length of a latent vector. */
  readonly latent: number;
  /** Importance samples of each image. */
  readonly importanceSamples: number;
  /** Scale of the images' bytes; binary unless given. */
  readonly scale?: PixelScale;
}

/** Estimates for each image, each [image]. */
export interface ImageLogLikelihoods {
  /** Estimates of log p(x), in nats, biased downwards by half the squared standard error. */
  readonly logLikelihood: Float64Array;
  /** Standard error of each estimate by the delta method, in nats. */
  readonly standardError: Float64Array;
  /** Equally weighted samples worth as much, from 1 to the number of samples. */
  readonly effectiveSampleSize: Float64Array;
}

/**
 * Estimates log p(x) of every image with samples from the encoder: log of the mean importance weight.
 *
 * The weights arrive in chunks and only their running sums are kept, so that memory does not grow with their number.
 * The images that are done go into the checkpoints of the stage, so that a killed run goes on where it was.
 * Source: Burda et al. 2016, eq. 8, with k the number of importance samples.
 *
 * @param model The model, of any pixels.
 * @param split The images.
 * @param options Sizes, and samples for each image.
 * @param context Of the stage that estimates; its key draws the noise.
 * @returns Estimates for each image.
 */
export async function measureLogLikelihood(
  model: ImportanceModel,
  split: ImageSplit,
  { latent, importanceSamples, scale = "binary" }: LogLikelihoodOptions,
  context: RunContext,
): Promise<ImageLogLikelihoods> {
  const { device, threads, signal, key, progress } = context;
  const { images, samples } = callSizes(split.count, importanceSamples);
  using step = await compile(({ images, noise }) => ({
    logWeights: logWeights(model, toUnit(images, scale), noise),
  }), {
    inputs: {
      images: {
        shape: [images, split.rows * split.columns],
        dtype: dtypeOf(scale),
      },
      noise: { shape: [samples, images, latent] },
    },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  const result = {
    logLikelihood: new Float64Array(split.count),
    standardError: new Float64Array(split.count),
    effectiveSampleSize: new Float64Array(split.count),
  };
  const keeper = await keepEstimates(result, context);
  const noiseAt = sampleNoise(key, { images, samples }, latent);
  const begun = keeper.done(); // by an earlier process
  let total = result.logLikelihood.subarray(0, begun)
    .reduce((sum, value) => sum + value, 0);
  let weights = new RunningLogMeanExp(images);
  const chunks = weighedChunks(imageBlocks(split, images), {
    begun,
    total: importanceSamples,
    samples,
  });
  const weighed = stepsInFlight(step, chunks, threads, ({ block, drawn }) => ({
    images: block.pixels,
    noise: noiseAt(block.first, drawn),
  }));
  for await (const { item, outputs: { logWeights } } of weighed) {
    const { block: { first, count }, drawn } = item;
    if (signal.aborted) await keeper.keep();
    signal.throwIfAborted();
    const wanted = Math.min(samples, importanceSamples - drawn);
    weights.add(logWeights.subarray(0, wanted * images));
    if (drawn + samples < importanceSamples) continue;
    const found: ImageLogLikelihoods = {
      logLikelihood: weights.logMeanExp().subarray(0, count),
      standardError: weights.standardErrors().subarray(0, count),
      effectiveSampleSize: weights.effectiveSampleSizes().subarray(0, count),
    };
    result.logLikelihood.set(found.logLikelihood, first);
    result.standardError.set(found.standardError, first);
    result.effectiveSampleSize.set(found.effectiveSampleSize, first);
    for (const value of found.logLikelihood) total += value;
    const done = first + count;
    weights = new RunningLogMeanExp(images);
    await keeper.advance(done);
    progress.update({
      step: done,
      steps: split.count,
      items: count,
      unit: "images",
      values: { "log p(x)": total / done },
    });
  }
  return result;
}
