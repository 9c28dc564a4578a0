/**
 * The stage that measures the samples of all families by the same rules.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import {
  type FeatureNetwork,
  loadFeatureNetwork,
} from "../images/features/digit_features.ts";
import {
  type SampleQuality,
  sampleQuality,
} from "../images/features/sample_quality.ts";
import type { GreyImages } from "../images/images.ts";
import { spacedImages } from "../images/spaced_images.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { bitsOf, type FoundBits } from "./bits_of.ts";
import type { FamilyRun } from "./family.ts";
import {
  type FamiliesMeasures,
  familiesMeasures,
} from "./families_settings.ts";
import { nearestImages } from "./nearest_images.ts";

/** A row of the table. */
export interface FamilyRow {
  /** Which family. */
  readonly title: string;
  /** As in the names of numbers. */
  readonly name: string;
  /** What the samples are. */
  readonly made: string;
  /** Measures of the samples. */
  readonly quality: SampleQuality;
  /** Root mean square difference of samples to their nearest training images. */
  readonly nearest: MeanAndError;
  /** The least of them. */
  readonly closest: number;
  /** Likelihood of test images, where there is one. */
  readonly bits: FoundBits | undefined;
  /** What an image is to the likelihood. */
  readonly bitsOf: string | undefined;
  /** Numbers to learn, where the run tells them. */
  readonly parameters: number | undefined;
  /** Seconds of its training. */
  readonly trainingSeconds: number | undefined;
  /** Seconds of the whole run. */
  readonly seconds: number | undefined;
  /** Samples a second, where the run tells it. */
  readonly perSecond: number | undefined;
  /** The first samples as bytes, none chosen. */
  readonly first: Uint8Array;
  /** The training images nearest to them. */
  readonly neighbours: Uint8Array;
}

/** Samples that are drawn of each family. */
export const DRAWN = 16;

/** Measures all samples, and validation images as if they were samples. */
export const measureFamilies: Stage<
  Partial<FamiliesMeasures> & {
    readonly familyRuns: readonly FamilyRun[];
    readonly grey: GreyImages;
  },
  { readonly rows: readonly FamilyRow[] }
> = stage("measure", {
  needs: ["familyRuns", "grey"],
  settings: familiesMeasures,
  adds: { rows: "measures of each family's samples, and of validation images" },
}, async ({ familyRuns, grey, nearest }, context) => {
  using network = await loadFeatureNetwork(context);
  const most = Math.max(...familyRuns.map(({ samples }) => samples.count));
  const real = await network.measure(spacedImages(grey.test, most).pixels);
  const request = { network, real, grey, nearest };
  const rows: FamilyRow[] = [];
  for (const run of familyRuns) {
    context.signal.throwIfAborted();
    const pixels = grey.test.rows * grey.test.columns;
    rows.push({
      ...await measure(run.samples.pixels, request),
      title: run.title,
      name: run.name,
      made: run.samples.made,
      bits: bitsOf(run, pixels),
      bitsOf: run.bound?.data,
      parameters: run.summary["parameters"] ?? run.samples.parameters,
      trainingSeconds: run.trainingSeconds,
      seconds: run.seconds,
      perSecond: run.samples.perSecond,
    });
  }
  rows.push({
    ...await measure(spacedImages(grey.validation, most).pixels, request),
    title: "validation images",
    name: "validation-images",
    made: "real images that no model has learned from",
    bits: undefined,
    bitsOf: undefined,
    parameters: undefined,
    trainingSeconds: undefined,
    seconds: undefined,
    perSecond: undefined,
  });
  return { rows };
});

async function measure(
  pixels: Uint8Array<ArrayBuffer>,
  { network, real, grey: { train }, nearest }: {
    readonly network: FeatureNetwork;
    readonly real: Awaited<ReturnType<FeatureNetwork["measure"]>>;
    readonly grey: GreyImages;
    readonly nearest: number;
  },
) {
  const size = train.rows * train.columns;
  const queries = pixels.subarray(0, Math.max(nearest, DRAWN) * size);
  const found = nearestImages(queries, train.pixels, size);
  const measured = found.slice(0, nearest).map(({ distance }) => distance);
  const neighbours = new Uint8Array(DRAWN * size);
  found.slice(0, DRAWN).forEach(({ index }, i) => {
    const image = train.pixels.subarray(index * size, (index + 1) * size);
    neighbours.set(image, i * size);
  });
  return {
    quality: await sampleQuality(network, pixels, real),
    nearest: meanAndError(measured),
    closest: Math.min(...measured),
    first: pixels.slice(0, DRAWN * size),
    neighbours,
  };
}
