/**
 * The stage that measures what a distribution of pixels leaves out, and draws from it.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import type { WithMean } from "../../../models/distributions/distribution.ts";
import {
  logMassOfImages,
  type PixelLikelihood,
  samplePixels,
} from "../../../models/distributions/pixel_likelihood.ts";
import type { Vae } from "../../../models/vae.ts";
import type { RunContext } from "../../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../../core/steps_in_flight.ts";
import { fold } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { uniform } from "../../core/random/uniform.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { PixelImages } from "../../images/images.ts";
import type { PixelCase } from "./pixel_case.ts";
import { imageBlocks } from "../../images/image_blocks.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { dtypeOf, scaleOf, toUnit } from "../../images/pixel_input.ts";
import type { LogLikelihoodEstimate } from "../estimate_log_likelihood.ts";
import type { ElboEstimate } from "../evaluate_elbo.ts";

/** Images measured by one call. */
const BLOCK = 500;
/** Images drawn from the model: eight by four. */
const DRAWN = 32;

/** A trained model of pixels. */
export interface PixelModel {
  /** The model. */
  readonly vae: Vae<WithMean>;
  /** What it is measured on. */
  readonly images: PixelImages;
  /** Length of a latent vector. */
  readonly latent: number;
  /** How its pixels are distributed. */
  readonly pixelLikelihood: PixelLikelihood;
}

/** Gathers bound and likelihood, measures the mass that p(x | z) has on images, and draws images. */
export const measurePixelCase: Stage<
  PixelModel & {
    readonly title: string;
    readonly elbo: ElboEstimate;
    readonly likelihood: LogLikelihoodEstimate;
  },
  { readonly pixelCase: PixelCase }
> = stage("pixels", {
  needs: [
    "vae",
    "images",
    "latent",
    "pixelLikelihood",
    "title",
    "elbo",
    "likelihood",
  ],
  adds: { pixelCase: "bound, log p(x), log mass on images, and samples" },
}, async ({ elbo, likelihood, title, ...model }, context) => ({
  pixelCase: {
    title,
    likelihood: model.pixelLikelihood,
    pixels: model.images.binarization,
    elbo: elbo.elbo.mean,
    reconstruction: elbo.reconstruction.mean,
    kl: elbo.kl.mean,
    logLikelihood: likelihood.logLikelihood.mean,
    logMass: model.images.binarization === "none"
      ? await measureLogMass(model, context)
      : 0, // a sum over {0, 1}, which is 1
    ...await drawImages(model, context),
  },
}));

/** The mean over test images, with a sample of the posterior for each. */
async function measureLogMass(
  { vae, images, latent }: PixelModel,
  { key, device, threads, signal }: RunContext,
): Promise<number> {
  const scale = scaleOf(images);
  const { test } = images;
  const length = test.rows * test.columns;
  using step = await compile(({ images, noise }) => {
    const latents = vae.encode(toUnit(images, scale)).sample(noise);
    return { logMass: logMassOfImages(vae.decode(latents)) };
  }, {
    inputs: {
      images: { shape: [BLOCK, length] as const, dtype: dtypeOf(scale) },
      noise: { shape: [BLOCK, latent] as const },
    },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  const logMasses = new Float32Array(test.count);
  const found = stepsInFlight(
    step,
    imageBlocks(test, BLOCK),
    threads,
    ({ first, pixels }) => ({
      images: pixels,
      noise: normal(fold(fold(key, "mass"), first), BLOCK * latent),
    }),
  );
  for await (const { item: { first, count }, outputs } of found) {
    signal.throwIfAborted();
    logMasses.set(outputs.logMass.subarray(0, count), first);
  }
  return meanAndError(logMasses).mean;
}

/** Decoder means of latents from the prior, and images drawn from those decoders. */
async function drawImages(
  { vae, images: { test }, latent, pixelLikelihood }: PixelModel,
  { key, device, threads }: RunContext,
): Promise<Pick<PixelCase, "means" | "drawn">> {
  const length = test.rows * test.columns;
  using decoder = await compile(({ latents, noise }) => {
    const pixels = vae.decode(latents);
    return {
      means: pixels.mean,
      drawn: samplePixels(pixels, noise).clipByValue(0, 1),
    };
  }, {
    inputs: {
      latents: { shape: [DRAWN, latent] as const },
      noise: { shape: [DRAWN, length] as const },
    },
    device,
    threads,
  });
  const draw = pixelLikelihood === "normal" ? normal : uniform;
  const { means, drawn } = await decoder.run({
    latents: normal(fold(key, "latents"), DRAWN * latent),
    noise: draw(fold(key, "noise"), DRAWN * length),
  });
  return { means: means.data, drawn: drawn.data };
}
