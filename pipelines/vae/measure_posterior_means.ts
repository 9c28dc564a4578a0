/**
 * Where the encoder puts every image of a split.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { RunContext } from "../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../core/steps_in_flight.ts";
import type { ImageSplit } from "../images/images.ts";
import type { SampledVae } from "./sampled_vae.ts";
import { imageBlocks } from "../images/image_blocks.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";

/** Images encoded by one call. */
const BLOCK = 500;

/**
 * Measures the mean of q(z | x) for every image.
 *
 * @param vae The model.
 * @param split The images.
 * @param latent Length of a latent vector.
 * @param context Of the stage that measures.
 * @returns [image, latent]
 */
export async function measurePosteriorMeans(
  vae: Pick<SampledVae, "encode">,
  split: ImageSplit,
  latent: number,
  { device, threads, signal }: RunContext,
): Promise<Float32Array> {
  const length = split.rows * split.columns;
  using encoder = await compile(({ images }) => ({
    means: vae.encode(images.cast("float32")).mean,
  }), {
    inputs: { images: { shape: [BLOCK, length] as const, dtype: "bool" } },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  const means = new Float32Array(split.count * latent);
  const found = stepsInFlight(
    encoder,
    imageBlocks(split, BLOCK),
    threads,
    ({ pixels }) => ({ images: pixels }),
  );
  for await (const { item: { first, count }, outputs } of found) {
    signal.throwIfAborted();
    means.set(outputs.means.subarray(0, count * latent), first * latent);
  }
  return means;
}

/**
 * The variance over images of each dimension of their posterior means.
 *
 * Source: Burda et al. 2016, section 5.2, where a unit is active if this is above 0.01.
 *
 * @param means [image, latent], of two images or more.
 * @param latent Length of a latent vector.
 * @returns [latent]
 */
export function variancesOfMeans(
  means: Float32Array,
  latent: number,
): readonly number[] {
  return Array.from({ length: latent }, (_, dimension) => {
    const column = means.filter((_, i) => i % latent === dimension);
    return column.length * meanAndError(column).standardError ** 2;
  });
}
