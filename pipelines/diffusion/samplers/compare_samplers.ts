/**
 * The stage that draws the same noise with several samplers in several numbers of steps.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import {
  type FeatureSource,
  featureSource,
  openFeatureSource,
} from "../../images/features/feature_source.ts";
import type { SampleQuality } from "../../images/features/sample_quality.ts";
import type { GreyImages } from "../../images/images.ts";
import type { DiffusionModel } from "../diffusion_model.ts";
import { openStudio } from "../draw_digits.ts";
import type { SamplerName } from "../samplers_by_name.ts";

/** What to compare. */
export interface SamplersRequest {
  /** The methods. */
  readonly samplers: readonly SamplerName[];
  /** Numbers of steps. */
  readonly stepCounts: readonly number[];
  /** Images of each, with up to 100 steps. */
  readonly samples: number;
  /** Images of each, with more steps. */
  readonly longSamples: number;
  /** Range that estimates are clipped to in each step. */
  readonly clip: "pixels" | "none";
  /** How strongly the class guides. */
  readonly guidance: number;
}

/** One sampler with one number of steps. */
export interface SamplerCase {
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** Quality of the images. */
  readonly quality: SampleQuality;
  /** Root mean square distance, in units of half the range of pixels, to the end of the flow from the same noise. */
  readonly distance: number;
  /** Seconds for each image. */
  readonly seconds: number;
  /** The first images, from -1 to 1 and beyond, [image, pixel]. */
  readonly images: Float32Array;
}

/** Steps above which fewer images are drawn. */
const LONG = 100;

/** Images that are compared with the end of the flow, and kept. */
const KEPT = 30;

/** Draws with each sampler and number of steps; the end of the flow is Heun's method with 100 steps. */
export const compareSamplers: Stage<
  SamplersRequest & Partial<FeatureSource> & {
    readonly grey: GreyImages;
    readonly model: DiffusionModel;
  },
  { readonly samplerCases: readonly SamplerCase[] }
> = stage("compare", {
  needs: [
    ...["grey", "model", "samplers", "stepCounts", "samples"] as const,
    ...["longSamples", "clip", "guidance"] as const,
  ],
  settings: featureSource,
  adds: { samplerCases: "quality, distance and time by sampler and steps" },
}, async ({ grey, model, clip, guidance, ...config }, context) => {
  const timesteps = model.schedule.alphaBars.length;
  using network = await openFeatureSource(config, context);
  using studio = await openStudio(model, grey, network, context.key, context);
  const pixels = model.side ** 2;
  const end = await studio.draw({
    sampler: "heun",
    steps: Math.min(LONG, timesteps),
    count: KEPT,
    clip,
    guidance,
  });
  const cases: SamplerCase[] = [];
  for (const sampler of config.samplers) {
    for (const steps of config.stepCounts) {
      context.signal.throwIfAborted();
      const count = steps > LONG ? config.longSamples : config.samples;
      const { images, quality, seconds } = await studio.measure({
        sampler,
        steps,
        count,
        clip,
        guidance,
      });
      const kept = images.slice(0, KEPT * pixels);
      const distance = rootMeanSquare(kept.map((x, i) => x - end[i]!)); // as many are compared
      cases.push({ sampler, steps, quality, distance, seconds, images: kept });
      context.progress.note(
        `${sampler}, ${steps} steps: Fréchet distance ${
          quality.frechet.mean.toFixed(1)
        } ± ${quality.frechet.standardError.toFixed(1)}, ${
          (1000 * seconds).toFixed(0)
        } ms an image`,
      );
    }
  }
  return { samplerCases: cases };
});

/** The images of the case with the most: Fréchet distances of fewer are greater on average, and not comparable. */
export function mostImages(cases: readonly SamplerCase[]): number {
  return Math.max(...cases.map(({ quality }) => quality.count));
}

function rootMeanSquare(values: Float32Array): number {
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares / values.length);
}
