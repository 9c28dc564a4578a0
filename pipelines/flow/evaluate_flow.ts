/**
 * The stage that measures how well a flow tells test images.
 * @module
 */
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import { fold, split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import { bitsPerDim } from "../images/bits_per_dim.ts";
import { firstImages } from "../images/first_images.ts";
import { type HistogramBits, histogramBits } from "../images/grey_histogram.ts";
import type { GreyImages } from "../images/images.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { type FlowMeasures, flowMeasures } from "./flow_settings.ts";
import { logMeanExp } from "./log_mean_exp.ts";
import { boundMeter } from "./measure_bound.ts";

/** Bounds of -log2 P(x) / D, averaged over images of 256 grey levels; each is at least the truth. */
export interface FlowBits {
  /** Over all test images, by one sample of the noise of each. */
  readonly test: MeanAndError;
  /** Over the first test images: the mean of the bounds by single samples of the noise. */
  readonly single: MeanAndError;
  /** Over the same images: by the same samples, importance weighted. */
  readonly weighted: MeanAndError;
  /** How many images the last two are over. */
  readonly weightedImages: number;
  /** What counting grey levels reaches. */
  readonly counted: HistogramBits;
}

/** Measures bits per dimension on the test images. */
export const evaluateFlow: Stage<
  Partial<Pick<FlowMeasures, "weightedImages" | "importanceSamples">> & {
    readonly flow: Owned<RealNvp>;
    readonly grey: GreyImages;
  },
  { readonly bits: FlowBits }
> = stage("bits", {
  needs: ["flow", "grey"],
  settings: only(flowMeasures, "weightedImages", "importanceSamples"),
  adds: { bits: "test bits per dimension with standard errors" },
}, async ({ flow, grey, weightedImages, importanceSamples }, context) => {
  const { test, train } = grey;
  const pixels = test.rows * test.columns;
  const [testKey, weightedKey] = split(context.key, 2);
  const first = firstImages(test, weightedImages);
  using meter = await boundMeter(flow, pixels, context);
  const bits = (bounds: ArrayLike<number>) =>
    meanAndError(Array.from(bounds, (bound) => bitsPerDim(bound, pixels)));
  const whole = await meter.measure(test, testKey);
  const draws: Float32Array[] = [];
  for (let i = 0; i < importanceSamples; i++) {
    draws.push(await meter.measure(first, fold(weightedKey, i)));
  }
  const each = Array.from(
    { length: first.count },
    (_, image) => draws.map((bounds) => bounds[image]!), // of the same images
  );
  return {
    bits: {
      test: bits(whole),
      single: bits(each.map((bounds) => meanAndError(bounds).mean)),
      weighted: bits(each.map(logMeanExp)),
      weightedImages: first.count,
      counted: histogramBits(train, test),
    },
  };
});
