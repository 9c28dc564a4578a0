/**
 * The stage that draws the same noise with more and less guidance, and away from other classes.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import {
  type FeatureSource,
  featureSource,
  openFeatureSource,
} from "../../images/features/feature_source.ts";
import { likeliestClasses } from "../../images/features/likeliest_classes.ts";
import type { SampleQuality } from "../../images/features/sample_quality.ts";
import { digitClasses, imageClasses } from "../../images/image_classes.ts";
import type { GreyImages, ImageClasses } from "../../images/images.ts";
import type { DiffusionModel } from "../diffusion_model.ts";
import { type DigitStudio, openStudio } from "../draw_digits.ts";
import { toBytes } from "../sample_images.ts";
import type { SamplerName } from "../samplers_by_name.ts";

/** What to compare. */
export interface GuidanceRequest {
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** How strongly the class guides. */
  readonly guidances: readonly number[];
  /** Images for each. */
  readonly samples: number;
  /** How strongly a class is asked for where others are avoided. */
  readonly negativeGuidance: number;
}

/** One strength of guidance. */
export interface GuidanceCase {
  /** How strongly the class guides. */
  readonly guidance: number;
  /** Quality of the images. */
  readonly quality: SampleQuality;
  /** Root mean square distance to the images without guidance from the same noise. */
  readonly distance: number;
  /** The first images, [image, pixel]. */
  readonly images: Float32Array;
}

/** A class that is asked for, away from another or not. */
export interface NegativeCase {
  /** The class that is asked for. */
  readonly wanted: number;
  /** The class that is avoided. */
  readonly avoided: number;
  /** What digits are read as; of other images, nothing. */
  readonly read?: NegativeReading;
  /** Root mean square change of pixels from the same noise. */
  readonly change: number;
  /** The first images without and with the negative class, [image, pixel]. */
  readonly images: readonly [without: Float32Array, negative: Float32Array];
}

/** Parts of digits, without and with the negative class. */
export interface NegativeReading {
  /** Read as wanted. */
  readonly wanted: readonly [without: number, negative: number];
  /** Read as the one to avoid. */
  readonly avoided: readonly [without: number, negative: number];
}

/** Digits that look alike. */
const PAIRS: readonly (readonly [wanted: number, avoided: number])[] = [
  [4, 9],
  [3, 8],
  [7, 1],
  [5, 6],
];

/** Images that are kept for pictures. */
const KEPT = 10;

/** Pairs of classes: digits that look alike, or neighbours in the order of the classes. */
function pairsOf({ names, title }: ImageClasses): typeof PAIRS {
  if (title === digitClasses.title) return PAIRS;
  const count = Math.min(PAIRS.length, Math.floor(names.length / 2));
  return Array.from({ length: count }, (_, i) => [2 * i, 2 * i + 1] as const);
}

/** Draws with each strength of guidance, and for each pair of classes with and without a negative class. */
export const compareGuidance: Stage<
  GuidanceRequest & Partial<FeatureSource> & {
    readonly grey: GreyImages;
    readonly model: DiffusionModel;
  },
  {
    readonly guidanceCases: readonly GuidanceCase[];
    readonly negativeCases: readonly NegativeCase[];
  }
> = stage("compare", {
  needs: [
    ...["grey", "model", "sampler", "steps", "guidances", "samples"] as const,
    "negativeGuidance",
  ],
  settings: featureSource,
  adds: {
    guidanceCases: "quality by strength of guidance",
    negativeCases: "what a negative class changes, by pair of classes",
  },
}, async ({ grey, model, guidances, samples, ...config }, context) => {
  const { sampler, steps } = config;
  using network = await openFeatureSource(config, context);
  using studio = await openStudio(model, grey, network, context.key, context);
  const plain = await studio.draw({ sampler, steps, count: KEPT * 3 });
  const guidanceCases: GuidanceCase[] = [];
  for (const guidance of guidances) {
    context.signal.throwIfAborted();
    const { images, quality } = await studio.measure({
      sampler,
      steps,
      guidance,
      count: samples,
    });
    const kept = images.slice(0, plain.length);
    guidanceCases.push({
      guidance,
      quality,
      distance: distance(kept, plain),
      images: kept,
    });
  }
  const negativeCases: NegativeCase[] = [];
  const classes = imageClasses(grey);
  const isRead = classes.title === digitClasses.title;
  for (const [wanted, avoided] of pairsOf(classes)) {
    const request = {
      sampler,
      steps,
      guidance: config.negativeGuidance,
      count: Math.max(KEPT, Math.ceil(samples / 5)),
    };
    const [without, negative] = await drawPair(
      studio,
      request,
      wanted,
      avoided,
    );
    const parts = async (images: Float32Array<ArrayBuffer>) => {
      const found = await network.measure(toBytes(images));
      return readAs(likeliestClasses(found), [wanted, avoided]);
    };
    const [before, after] = isRead
      ? [await parts(without), await parts(negative)]
      : [];
    const kept = KEPT * model.side ** 2;
    negativeCases.push({
      wanted,
      avoided,
      ...before && after && {
        read: {
          wanted: [before[0]!, after[0]!], // two classes were asked for
          avoided: [before[1]!, after[1]!],
        },
      },
      change: distance(without, negative),
      images: [without.slice(0, kept), negative.slice(0, kept)],
    });
  }
  return { guidanceCases, negativeCases };
});

async function drawPair(
  studio: DigitStudio,
  request: Parameters<DigitStudio["draw"]>[0],
  wanted: number,
  avoided: number,
) {
  const classes = new Uint8Array(request.count).fill(wanted);
  return [
    await studio.draw({ ...request, classes }),
    await studio.draw({ ...request, classes, negative: avoided }),
  ] as const;
}

/** Part of the images that are taken for each of some classes. */
function readAs(
  likeliest: Uint8Array,
  classes: readonly number[],
): readonly number[] {
  return classes.map((c) =>
    likeliest.filter((l) => l === c).length / likeliest.length
  );
}

function distance(a: Float32Array, b: Float32Array): number {
  const squares = a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0); // as long as the other
  return Math.sqrt(squares / a.length);
}
