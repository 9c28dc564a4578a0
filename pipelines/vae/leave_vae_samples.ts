/**
 * The stage that leaves a VAE's samples for other runs.
 * @module
 */
import type { Owned } from "../../models/parameters/parameters.ts";
import { compile } from "../../compile/compile.ts";
import { normal } from "../core/random/normal.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { PixelImages } from "../images/images.ts";
import { leaveSamples, sizeOf, toBytes } from "../images/left_samples.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";
import type { SampledVae } from "./sampled_vae.ts";

/** How many are left, and how many are decoded at once. */
const COUNT = 2000;
const BLOCK = 100;

/** Leaves the decoder's means of 2,000 latents from the prior. */
export const leaveVaeSamples: Stage<
  Partial<LatentSize> & {
    readonly vae: Owned<SampledVae>;
    readonly images: PixelImages;
  },
  object
> = stage("leave-samples", {
  needs: ["vae", "images"],
  settings: latentSize,
  adds: {},
}, async ({ vae, images: { train }, latent }, context) => {
  const { rows, columns } = train;
  using decoder = await compile(
    ({ latents }) => ({ means: vae.decode(vae.prior.sample(latents)).mean }),
    {
      inputs: { latents: { shape: [BLOCK, latent] } },
      device: context.device,
      threads: context.threads,
    },
  );
  const start = performance.now();
  const noise = normal(context.key, COUNT * latent);
  const pixels = new Uint8Array(COUNT * rows * columns);
  for (let first = 0; first < COUNT; first += BLOCK) {
    const latents = noise.subarray(first * latent, (first + BLOCK) * latent);
    const { means } = await decoder.run({ latents });
    pixels.set(toBytes(means.data), first * rows * columns);
  }
  await leaveSamples({
    pixels,
    rows,
    columns,
    made: "decoder means of latents from the prior",
    parameters: sizeOf(vae.variables),
    seconds: (performance.now() - start) / 1000,
  }, context);
  return {};
});
