/**
 * The bound of log P(x) of every image of a split.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import type { RunContext } from "../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../core/steps_in_flight.ts";
import { fold, type Key } from "../core/random/key.ts";
import type { ImageSplit } from "../images/images.ts";
import { imageBlocks } from "../images/image_blocks.ts";
import { sampleNoise } from "./sample_noise.ts";

/** Images measured by one call. */
const BLOCK = 250;

/** Measures the bound with a model's newest weights, as often as wanted. */
export interface BoundMeter extends Disposable {
  /** The bound of each image, in nats; equal keys give equal noise. */
  readonly measure: (split: ImageSplit, key: Key) => Promise<Float32Array>;
}

/**
 * Compiles the measurement of a model's bound by one sample of the noise for each image.
 *
 * @param model The model.
 * @param pixels Of an image.
 * @param context Of the stage that measures.
 * @returns The meter; dispose it after use.
 */
export async function boundMeter(
  model: Pick<RealNvp, "bound" | "dequantization">,
  pixels: number,
  { device, threads, signal }: RunContext,
): Promise<BoundMeter> {
  const { noise: kind } = model.dequantization;
  const step = await compile(
    ({ images, noise }) => ({
      bound: model.bound(images.cast("float32"), noise),
    }),
    {
      inputs: {
        images: { shape: [BLOCK, pixels], dtype: "int32" },
        noise: { shape: [BLOCK, pixels] },
      },
      device,
      threads,
      parallel: "calls",
      stepsPerCall: MOST_STEPS,
    },
  );
  return {
    measure: async (split, key) => {
      const bounds = new Float32Array(split.count);
      const found = stepsInFlight(
        step,
        imageBlocks(split, BLOCK),
        threads,
        ({ first, pixels: images }) => ({
          images,
          noise: sampleNoise(kind, fold(key, first), BLOCK * pixels),
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
