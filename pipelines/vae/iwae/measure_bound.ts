/**
 * A bound of several samples for every image of a split.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import type { ImportanceModel } from "../../../models/objectives/latent_variable_model.ts";
import {
  type BoundKind,
  sampledBound,
} from "../../../models/objectives/sampled_bound.ts";
import type { RunContext } from "../../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../../core/steps_in_flight.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import type { ImageSplit } from "../../images/images.ts";
import { imageBlocks } from "../../images/image_blocks.ts";

/** Decoded images of one call, at most. */
const ROWS = 1000;

/** How to measure. */
export interface BoundOptions {
  /** Which bound. */
  readonly kind: BoundKind;
  /** Pixels of an image. */
  readonly pixels: number;
  /** Length of a latent vector. */
  readonly latent: number;
  /** Importance samples of each image. */
  readonly samples: number;
}

/** Measures a bound with a model's newest weights, as often as wanted. */
export interface BoundMeter extends Disposable {
  /** The bound of each image, in nats, [image]; equal keys give equal noise. */
  readonly measure: (split: ImageSplit, key: Key) => Promise<Float32Array>;
}

/**
 * Compiles the measurement of a bound.
 *
 * @param model The model, for images of Bernoulli pixels.
 * @param options Which bound, sizes, and samples for each image.
 * @param context Of the stage that measures.
 * @returns The meter; dispose it after use.
 */
export async function boundMeter(
  model: ImportanceModel,
  { kind, pixels, latent, samples }: BoundOptions,
  { device, threads, signal }: RunContext,
): Promise<BoundMeter> {
  const block = Math.max(1, Math.floor(ROWS / samples));
  const bound = { kind, gradient: "standard" } as const;
  const step = await compile(({ images, noise }) => ({
    bound: sampledBound(model, images.cast("float32"), noise, bound),
  }), {
    inputs: {
      images: { shape: [block, pixels] as const, dtype: "bool" },
      noise: { shape: [samples, block, latent] as const },
    },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  return {
    measure: async (split, key) => {
      const bounds = new Float32Array(split.count);
      const found = stepsInFlight(
        step,
        imageBlocks(split, block),
        threads,
        ({ first, pixels }) => ({
          images: pixels,
          noise: normal(fold(key, first), samples * block * latent),
        }),
      );
      for await (const { item: { first, count }, outputs } of found) {
        signal.throwIfAborted();
        bounds.set(outputs.bound.subarray(0, count), first);
      }
      return bounds;
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}
