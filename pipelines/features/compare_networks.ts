/**
 * The stage that measures the same images with a network and with that of the package.
 * @module
 */
import { split } from "../core/random/key.ts";
import { permutation } from "../core/random/permutation.ts";
import { type Stage, stage } from "../core/stage.ts";
import {
  type DigitFeatures,
  featureWidth,
  loadFeatureNetwork,
  openFeatureNetwork,
} from "../images/features/digit_features.ts";
import type { FeatureFile } from "../images/features/feature_file.ts";
import { frechetDistance } from "../images/features/image_quality.ts";
import type { GreyImages } from "../images/images.ts";
import { gather } from "../images/split.ts";
import { momentsOf } from "../statistics/frechet_distance.ts";
import type { MeanAndError } from "../statistics/mean_and_error.ts";
import { type ChangedImages, changedImages } from "./changed_images.ts";
import {
  type ComparisonRequest,
  comparisonRequest,
} from "./feature_settings.ts";

/** A set of images as both networks measure it. */
export interface ComparedSet extends Pick<ChangedImages, "change" | "amount"> {
  /** How many images. */
  readonly count: number;
  /** Fréchet distance to the test images, by the network of this run. */
  readonly own: MeanAndError;
  /** The distance by the network of the package. */
  readonly packaged: MeanAndError;
  /** The first images, bytes, [image, pixel]. */
  readonly images: Uint8Array<ArrayBuffer>;
}

/** What both networks say. */
export interface NetworkComparison {
  /** Sets of training images, as they are and changed, each to the test images. */
  readonly sets: readonly ComparedSet[];
  /** One half of the training images to the other, with the error of both. */
  readonly halves: Pick<ComparedSet, "count" | "own" | "packaged">;
}

/** Images that are kept for a picture. */
const KEPT = 10;

/** Measures Fréchet distances of the same sets with both networks. */
export const compareNetworks: Stage<
  Partial<ComparisonRequest> & {
    readonly grey: GreyImages;
    readonly featureFile: FeatureFile;
  },
  { readonly comparison: NetworkComparison }
> = stage("compare", {
  needs: ["grey", "featureFile"],
  settings: comparisonRequest,
  adds: { comparison: "Fréchet distances by this network and the package's" },
}, async ({ grey, featureFile, compared }, context) => {
  using own = await openFeatureNetwork(featureFile, context);
  using packaged = await loadFeatureNetwork(context);
  const look = async (pixels: Uint8Array<ArrayBuffer>) => ({
    own: await own.measure(pixels),
    packaged: await packaged.measure(pixels),
  });
  const distances = async (
    pixels: Uint8Array<ArrayBuffer>,
    reference: Awaited<ReturnType<typeof look>>,
  ) => {
    const found = await look(pixels);
    const to = (by: "own" | "packaged") =>
      frechetDistance(
        found[by],
        momentsOf(reference[by].features, featureWidth),
      );
    const count = found.own.count;
    return { count, own: to("own"), packaged: to("packaged") };
  };
  const [orderKey, changeKey] = split(context.key, 2);
  const order = permutation(orderKey, grey.train.count);
  const train = gather(grey.train, order); // the first of the file are no fair sample
  const reference = await look(grey.test.pixels);
  const sets: ComparedSet[] = [];
  for (const set of changedImages(train, compared, changeKey)) {
    context.signal.throwIfAborted();
    const { change, amount, pixels } = set;
    const images = pixels.slice(0, KEPT * train.rows * train.columns);
    const found = await distances(pixels, reference);
    sets.push({ change, amount, images, ...found });
  }
  const half = Math.floor(train.count / 2) * train.rows * train.columns;
  const one = await look(train.pixels.slice(0, half));
  const other = await look(train.pixels.slice(half, 2 * half));
  const between = (by: "own" | "packaged") =>
    distanceBetween(one[by], other[by]);
  const halves = {
    count: one.own.count,
    own: between("own"),
    packaged: between("packaged"),
  };
  return { comparison: { sets, halves } };
});

/** The distance of two samples, of which either could have been another: the variances of both jackknives add up. */
function distanceBetween(
  one: DigitFeatures,
  other: DigitFeatures,
): MeanAndError {
  const moments = ({ features }: DigitFeatures) =>
    momentsOf(features, featureWidth);
  const there = frechetDistance(one, moments(other));
  const back = frechetDistance(other, moments(one));
  return {
    mean: there.mean,
    standardError: Math.hypot(there.standardError, back.standardError),
  };
}
