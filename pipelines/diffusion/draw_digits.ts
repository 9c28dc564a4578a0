/**
 * Images drawn and measured: what several experiments share.
 * @module
 */
import type { RunContext } from "../core/context.ts";
import type { Key } from "../core/random/key.ts";
import type {
  DigitFeatures,
  FeatureNetwork,
} from "../images/features/digit_features.ts";
import {
  type SampleQuality,
  sampleQuality,
} from "../images/features/sample_quality.ts";
import { digitClasses, imageClasses } from "../images/image_classes.ts";
import type { GreyImages } from "../images/images.ts";
import { spacedImages } from "../images/spaced_images.ts";
import { compileDenoiser, type Denoiser } from "./compile_denoiser.ts";
import type { DiffusionModel } from "./diffusion_model.ts";
import { type DrawRequest, sampleImages, toBytes } from "./sample_images.ts";
import { samplerByName, type SamplerName } from "./samplers_by_name.ts";

/** Images in a call of the network. */
const BATCH = 50;

/** What to draw with one sampler. */
export interface DigitsRequest
  extends Pick<DrawRequest, "guidance" | "clip" | "watch"> {
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** How many images: of the classes in turn, unless classes are given. */
  readonly count: number;
  /** The class of each image. */
  readonly classes?: ArrayLike<number>;
  /** The class to lead away from: none unless given. */
  readonly negative?: number;
}

/** Images that were drawn, and how good they are. */
export interface MeasuredDigits {
  /** From -1 to 1 and a little beyond, [image, pixel]. */
  readonly images: Float32Array<ArrayBuffer>;
  /** In the features of the fixed network. */
  readonly quality: SampleQuality;
  /** Seconds of drawing alone, for each image. */
  readonly seconds: number;
}

/** Draws and measures images; the same key gives the same starts and noise to every sampler. */
export interface DigitStudio extends Disposable {
  /** Draws. */
  readonly draw: (request: DigitsRequest) => Promise<Float32Array<ArrayBuffer>>;
  /** Draws and measures; images of other sides than 28 cannot be measured. */
  readonly measure: (request: DigitsRequest) => Promise<MeasuredDigits>;
  /** How many classes there are to draw: 1 where images have no labels. */
  readonly classes: number;
}

/**
 * Prepares a model for drawing.
 *
 * @param model The model.
 * @param grey Images with their classes; as many test images as are drawn serve for precision and recall.
 * @param network Measures images; it is not disposed with the studio.
 * @param key Decides starts and noise.
 * @param context Of the stage.
 * @returns The studio; dispose it when it is no longer used.
 */
export async function openStudio(
  model: DiffusionModel,
  grey: GreyImages,
  network: FeatureNetwork,
  key: Key,
  context: RunContext,
): Promise<DigitStudio> {
  const { test } = grey;
  const classes = Math.max(1, imageClasses(grey).names.length);
  const isKnown = imageClasses(grey).title === digitClasses.title;
  const denoiser = await compileDenoiser(model, BATCH, context);
  let real: DigitFeatures | undefined;
  const inTurn = (count: number) =>
    Array.from({ length: count }, (_, i) => i % classes);
  const draw = (request: DigitsRequest) => {
    const wanted = request.classes ?? inTurn(request.count);
    const asked = { ...request, classes: wanted };
    return drawDigits(model, denoiser, asked, key, context);
  };
  return {
    classes,
    draw,
    measure: async (request) => {
      const started = performance.now();
      const images = await draw(request);
      const seconds = (performance.now() - started) / 1000 / request.count;
      real ??= await featuresOf(network, test, request.count);
      const quality = await sampleQuality(
        network,
        toBytes(images),
        real,
        isKnown ? request.classes ?? inTurn(request.count) : undefined,
      );
      return { images, quality, seconds };
    },
    [Symbol.dispose]: () => denoiser[Symbol.dispose](),
  };
}

async function drawDigits(
  model: DiffusionModel,
  denoiser: Denoiser,
  { sampler, steps, negative, classes, ...request }: DigitsRequest & {
    readonly classes: ArrayLike<number>;
  },
  key: Key,
  context: RunContext,
): Promise<Float32Array<ArrayBuffer>> {
  return await sampleImages(
    model,
    denoiser,
    {
      ...request,
      ...samplerByName(sampler, model.schedule, steps),
      conditions: classes,
      ...negative === undefined ? {} : { negative: [negative] },
      key,
    },
    context,
  );
}

async function featuresOf(
  network: FeatureNetwork,
  test: GreyImages["test"],
  count: number,
): Promise<DigitFeatures> {
  return await network.measure(spacedImages(test, count).pixels);
}
