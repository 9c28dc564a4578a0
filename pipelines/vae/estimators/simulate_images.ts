/**
 * Images drawn from a model itself, with the latents that they were drawn from.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import type { Vae } from "../../../models/vae.ts";
import type { RunContext } from "../../core/context.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { uniform } from "../../core/random/uniform.ts";
import type { ImageSplit } from "../../images/images.ts";

/** Images whose posterior is known at one point: the latents are an exact sample of it. */
export interface SimulatedImages {
  /** The images, without digits. */
  readonly split: ImageSplit;
  /** [image, latent] */
  readonly latents: Float32Array<ArrayBuffer>;
}

/**
 * Draws latents from the prior, and binary pixels from the decoder.
 *
 * @param vae The model.
 * @param like How many images of which shape.
 * @param options The length of a latent vector, and what draws.
 * @param context Of the stage that draws.
 */
export async function simulateImages(
  vae: Vae,
  like: ImageSplit,
  { latent, key }: { readonly latent: number; readonly key: Key },
  { device, threads }: RunContext,
): Promise<SimulatedImages> {
  const { count, rows, columns } = like;
  using decoder = await compile(({ latents }) => ({
    means: vae.decode(latents).mean,
  }), { inputs: { latents: { shape: [count, latent] } }, device, threads });
  const latents = normal(fold(key, "latents"), count * latent);
  const { means } = await decoder.run({ latents });
  const noise = uniform(fold(key, "pixels"), means.data.length);
  const pixels = Uint8Array.from(means.data, (mean, i) => +(noise[i]! < mean)); // one for each pixel
  return {
    split: { pixels, labels: new Uint8Array(count), count, rows, columns },
    latents,
  };
}
