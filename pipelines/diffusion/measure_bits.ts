/**
 * The stage that measures the evidence bound of images in bits for each pixel.
 * @module
 */
import {
  consistencyTerm,
  mixingAt,
  priorTerm,
} from "../../models/diffusion/bound_terms.ts";
import { posterior } from "../../models/diffusion/forward_process.ts";
import {
  type PixelDecoder,
  pixelLogMass,
} from "../../models/diffusion/pixel_decoder.ts";
import { fold, type Key } from "../core/random/key.ts";
import { uniform } from "../core/random/uniform.ts";
import { type Stage, stage } from "../core/stage.ts";
import { firstImages } from "../images/first_images.ts";
import type { GreyImages, ImageSplit } from "../images/images.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { compileDenoiser, type Denoiser } from "./compile_denoiser.ts";
import { itemsOf } from "./denoising_model.ts";
import type { DiffusionModel } from "./diffusion_model.ts";
import { estimateImages } from "./estimate_images.ts";

/** On how many images, and how finely. */
export interface BoundRequest {
  /** Test images. */
  readonly boundImages: number;
  /** Timesteps drawn for each image: half of them from the first 40. */
  readonly boundLevels: number;
}

/** Consistency terms of a range of timesteps. */
export interface BoundPart {
  /** The first timestep. */
  readonly from: number;
  /** One beyond the last. */
  readonly to: number;
  /** Sum of the terms with the smaller variance, in bits for each pixel. */
  readonly bits: number;
}

/** The bound in bits for each pixel, with standard errors over images. */
export interface PixelBound {
  /** E KL(q(x_T | image) || N(0, 1)) */
  readonly prior: number;
  /** Consistency with the smaller and the larger variance. */
  readonly consistency: {
    readonly smaller: MeanAndError;
    readonly larger: MeanAndError;
  };
  /** E -log p(image | x at timestep 0), by decoder. */
  readonly reconstruction: Readonly<Record<PixelDecoder, MeanAndError>>;
  /** The bound with the smaller variance, by decoder. */
  readonly total: Readonly<Record<PixelDecoder, MeanAndError>>;
  /** The bound with the larger variance and the textbook's decoder. */
  readonly totalLarger: MeanAndError;
  /** By range of timesteps. */
  readonly parts: readonly BoundPart[];
}

/** The first timesteps, of which half of all draws are. */
const EARLY = 40;

/** Ends of the ranges that are told apart. */
const ENDS = [1, 10, 40, 100, 200, 400, 700];

/** Measures the bound on test images, told their classes. */
export const measureBits: Stage<
  BoundRequest & { readonly grey: GreyImages; readonly model: DiffusionModel },
  { readonly bound: PixelBound }
> = stage("bound", {
  needs: ["grey", "model", "boundImages", "boundLevels"],
  adds: { bound: "the terms of the bound, in bits for each pixel" },
}, async ({ grey, model, boundImages, boundLevels }, context) => {
  const images = firstImages(grey.test, boundImages);
  using denoiser = await compileDenoiser(
    model,
    Math.min(100, images.count),
    context,
  );
  const sums = {
    smaller: new Float64Array(images.count),
    larger: new Float64Array(images.count),
  };
  const timesteps = model.schedule.alphaBars.length;
  const byTimestep = new Float64Array(timesteps);
  for (let level = 0; level < boundLevels; level++) {
    context.signal.throwIfAborted();
    const key = fold(context.key, level);
    const drawn = drawTimesteps(
      level,
      boundLevels,
      timesteps,
      images.count,
      key,
    );
    const found = await estimateImages(
      model,
      denoiser,
      itemsOf(images),
      drawn.at,
      key,
    );
    found.imageErrors.forEach((error, i) => {
      const t = drawn.at[i]!; // one for each image
      for (const variance of ["smaller", "larger"] as const) {
        const term = drawn.weight *
          consistencyTerm(model.schedule, t, error, variance) / Math.LN2;
        sums[variance][i]! += term;
        if (variance === "smaller") byTimestep[t]! += term / images.count;
      }
    });
    context.progress.update({
      step: level + 1,
      steps: boundLevels,
      items: images.count,
      unit: "images",
      values: {},
    });
  }
  return {
    bound: await total(model, denoiser, images, sums, byTimestep, context.key),
  };
});

/**
 * Draws the timesteps of a level, stratified over images and levels: half of the levels share the first forty timesteps,
 * and half the others; all levels share a chain that has no others.
 *
 * @param level Which one.
 * @param levels How many there are.
 * @param timesteps Of the chain.
 * @param count Images.
 * @param key Draws them.
 * @returns A timestep for each image, and how many timesteps a draw stands for.
 */
export function drawTimesteps(
  level: number,
  levels: number,
  timesteps: number,
  count: number,
  key: Key,
): { readonly at: readonly number[]; readonly weight: number } {
  const half = Math.floor(levels / 2);
  const early = Math.min(EARLY, timesteps - 1);
  const isEarly = level < half || timesteps - 1 <= EARLY;
  const strata = timesteps - 1 <= EARLY
    ? levels
    : isEarly
    ? half
    : levels - half;
  const stratum = isEarly ? level : level - half;
  const low = isEarly ? 1 : early + 1;
  const high = isEarly ? early + 1 : timesteps;
  const drawn = uniform(fold(key, "timestep"), count);
  return {
    at: Array.from(
      drawn,
      (u) =>
        Math.min(
          high - 1,
          low + Math.floor((stratum + u) / strata * (high - low)),
        ),
    ),
    weight: (high - low) / strata,
  };
}

async function total(
  model: DiffusionModel,
  denoiser: Denoiser,
  images: ImageSplit,
  sums: { readonly smaller: Float64Array; readonly larger: Float64Array },
  byTimestep: Float64Array,
  key: Key,
): Promise<PixelBound> {
  const { schedule } = model;
  const length = images.rows * images.columns;
  const found = await estimateImages(
    model,
    denoiser,
    itemsOf(images),
    new Uint8Array(images.count),
    fold(key, "reconstruction"),
  );
  const { variance } = posterior(mixingAt(schedule, 0), mixingAt(schedule, 1));
  const reconstruction = (decoder: PixelDecoder) =>
    Float64Array.from({ length: images.count }, (_, i) => {
      let sum = 0;
      for (let j = i * length; j < (i + 1) * length; j++) {
        sum -= pixelLogMass(
          images.pixels[j]!,
          found.images[j]!,
          Math.sqrt(variance),
          decoder,
        );
      }
      return sum / length / Math.LN2;
    });
  const priors = Float64Array.from({ length: images.count }, (_, i) => {
    let squares = 0;
    for (let j = i * length; j < (i + 1) * length; j++) {
      squares += (images.pixels[j]! / 127.5 - 1) ** 2;
    }
    return priorTerm(schedule, squares / length) / Math.LN2;
  });
  const decoded = {
    textbook: reconstruction("textbook"),
    snapping: reconstruction("snapping"),
  };
  const whole = (consistency: Float64Array, last: Float64Array) =>
    meanAndError(consistency.map((bits, i) => bits + last[i]! + priors[i]!));
  return {
    prior: meanAndError(priors).mean,
    consistency: {
      smaller: meanAndError(sums.smaller),
      larger: meanAndError(sums.larger),
    },
    reconstruction: {
      textbook: meanAndError(decoded.textbook),
      snapping: meanAndError(decoded.snapping),
    },
    total: {
      textbook: whole(sums.smaller, decoded.textbook),
      snapping: whole(sums.smaller, decoded.snapping),
    },
    totalLarger: whole(sums.larger, decoded.textbook),
    parts: partsOf(byTimestep),
  };
}

function partsOf(byTimestep: Float64Array): readonly BoundPart[] {
  const ends = [
    ...ENDS.filter((end) => end < byTimestep.length),
    byTimestep.length,
  ];
  return ends.slice(1).map((to, i) => {
    const from = ends[i]!; // one less than the ends
    const bits = byTimestep.subarray(from, to)
      .reduce((sum, value) => sum + value, 0);
    return { from, to, bits };
  });
}
