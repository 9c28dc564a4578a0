/**
 * The evidence lower bound of every image of a split.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type {
  LatentVariableModel,
  ModelOf,
} from "../../models/objectives/latent_variable_model.ts";
import { elbo } from "../../models/objectives/elbo.ts";
import type { StandardNormal } from "../../models/distributions/standard_normal.ts";
import type { RunContext } from "../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../core/steps_in_flight.ts";
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import type { ImageSplit } from "./images.ts";
import { imageBlocks } from "./image_blocks.ts";
import { dtypeOf, type PixelScale, toUnit } from "./pixel_input.ts";

/** Images measured by one call. */
const BLOCK = 500;

/** How to measure. */
export interface ElboOptions {
  /** Pixels of an image. */
  readonly pixels: number;
  /** Length of a latent vector. */
  readonly latent: number;
  /** Samples of the posterior for each image. */
  readonly monteCarlo: number;
  /** Scale of the images' bytes; binary unless given. */
  readonly scale?: PixelScale;
}

/** The two terms of each image's bound, in nats, each [image]. */
export interface ElboTerms {
  /** Monte Carlo estimate of E_q log p(x | z). */
  readonly reconstruction: Float32Array;
  /** KL(q(z | x) || p(z)), in closed form. */
  readonly kl: Float32Array;
}

/** Measures the bound with a model's newest weights, as often as wanted. */
export interface ElboMeter extends Disposable {
  /** Both terms for each image; equal keys give equal noise. */
  readonly measure: (split: ImageSplit, key: Key) => Promise<ElboTerms>;
}

/**
 * Compiles the measurement of a model's bound.
 *
 * @param model The model, of any pixels.
 * @param options Sizes, and samples for each image.
 * @param context Of the stage that measures.
 * @returns The meter; dispose it after use.
 */
export async function elboMeter(
  model: LatentVariableModel<StandardNormal>,
  options: ElboOptions,
  context: RunContext,
): Promise<ElboMeter> {
  return await elboMeterOf(() => model, options, context);
}

/**
 * Compiles the measurement of the bound of a model whose decoder may see the images.
 *
 * @param modelOf The model for a batch of images.
 * @param options Sizes, and samples for each image.
 * @param context Of the stage that measures.
 * @returns The meter; dispose it after use.
 */
export async function elboMeterOf(
  modelOf: ModelOf,
  { pixels, latent, monteCarlo, scale = "binary" }: ElboOptions,
  { device, threads, signal }: RunContext,
): Promise<ElboMeter> {
  const noiseShape = [monteCarlo, BLOCK, latent] as const;
  const step = await compile(({ images, noise }) => {
    const seen = toUnit(images, scale);
    const terms = elbo(modelOf(seen), seen, noise);
    return { reconstruction: terms.reconstruction, kl: terms.kl };
  }, {
    inputs: {
      images: { shape: [BLOCK, pixels], dtype: dtypeOf(scale) },
      noise: { shape: noiseShape },
    },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  return {
    measure: async (split, key) => {
      const reconstruction = new Float32Array(split.count);
      const kl = new Float32Array(split.count);
      const found = stepsInFlight(
        step,
        imageBlocks(split, BLOCK),
        threads,
        ({ first, pixels }) => ({
          images: pixels,
          noise: normal(fold(key, first), monteCarlo * BLOCK * latent),
        }),
      );
      for await (const { item: { first, count }, outputs } of found) {
        signal.throwIfAborted();
        reconstruction.set(outputs.reconstruction.subarray(0, count), first);
        kl.set(outputs.kl.subarray(0, count), first);
      }
      return { reconstruction, kl };
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}
