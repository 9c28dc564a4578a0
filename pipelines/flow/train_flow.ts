/**
 * The stage that trains a flow over images by its bound.
 * @module
 */
import { toldOf } from "../images/fit_model.ts";
import { compile } from "../../compile/compile.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import type { RunContext } from "../core/context.ts";
import { fold, type Key, split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import { bitsPerDim } from "../images/bits_per_dim.ts";
import { firstImages } from "../images/first_images.ts";
import { type ImageBatches, imageBatches } from "../images/image_batches.ts";
import type { GreyImages } from "../images/images.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { train } from "../training/fit.ts";
import { learningRateAt } from "../training/learning_rate.ts";
import type { Training } from "../training/training.ts";
import { compileDensityUpdate, type UpdateFeeds } from "./density_update.ts";
import {
  type FlowMeasures,
  flowMeasures,
  type FlowTraining,
  flowTraining,
} from "./flow_settings.ts";
import { boundMeter } from "./measure_bound.ts";
import { sampleNoise } from "./sample_noise.ts";

/**
 * Starts the normalizations on a first batch, trains by the bound with Adam, and restores the weights of the best
 * validation.
 *
 * Source: Dinh et al. 2017, section 4.1; Kingma & Dhariwal 2018, section 3.1, for the start.
 */
export const trainFlow: Stage<
  Partial<FlowTraining & Pick<FlowMeasures, "validationImages">> & {
    readonly flow: Owned<RealNvp>;
    readonly grey: GreyImages;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["flow", "grey"],
  settings: { ...flowTraining, ...only(flowMeasures, "validationImages") },
  cached: true,
  adds: { training: "records, and the best weight update" },
}, async ({ flow, grey, validationImages, ...config }, context) => {
  const { batch, updates, recordEvery, validateEvery, clip } = config;
  const [orderKey, noiseKey, startKey, validationKey] = split(context.key, 4);
  const pixels = grey.train.rows * grey.train.columns;
  const validation = firstImages(grey.validation, validationImages);
  const batches = imageBatches(
    { ...grey, binarization: "none", redraw: () => grey.train },
    batch,
    orderKey,
  );
  const source = { flow, batches, batch, pixels };
  await start({ ...source, key: startKey }, context);
  const schedule = { ...config, steps: updates };
  using optimizer = adam(flow.variables);
  using meter = await boundMeter(flow, pixels, context);
  using update = await compileDensityUpdate(
    {
      variables: flow.variables,
      optimizer,
      inputs: inputsOf(source),
      feeds: (first, count) => feedsOf(source, noiseKey, first, count),
      logProb: ({ images, noise }) =>
        flow.bound(
          images!.cast("float32").as2D(batch, pixels),
          noise!.as2D(batch, pixels),
        ),
      learningRate: (step) => learningRateAt(step, schedule),
      clip,
    },
    recordEvery,
    context,
  );
  const bits = (bounds: ArrayLike<number>) =>
    bitsPerDim(meanAndError(bounds).mean, pixels);
  const training = await train({
    steps: updates,
    stepsPerEpoch: batches.perEpoch,
    recordEvery,
    items: { perStep: batch, unit: "images" },
    weights: flow.variables,
    slots: optimizer.slots,
    sync: update.sync,
    update: async (first, count) => {
      const { logProb, gradientNorm } = await update.run(first, count);
      return {
        "train/bitsPerDim": bits(logProb),
        "train/gradientNorm": meanAndError(gradientNorm).mean,
      };
    },
    validateEvery,
    validate: async () => ({
      "validation/bitsPerDim": bits(
        await meter.measure(validation, validationKey),
      ),
    }),
    best: "validation/bitsPerDim",
    bestIs: "lowest",
    patience: 0,
    snapshotSteps: [],
    told: toldOf(validation),
  }, context);
  return { training };
});

/** What a flow learns from. */
interface Source {
  readonly flow: Owned<RealNvp>;
  readonly batches: ImageBatches;
  readonly batch: number;
  readonly pixels: number;
}

/** Lets the normalizations begin by fitting a batch that is as the first one. */
async function start(
  { key, ...source }: Source & { readonly key: Key },
  { device, threads }: RunContext,
): Promise<void> {
  const { flow, batch, pixels } = source;
  using step = await compile(({ images, noise }) => {
    flow.start(images.cast("float32"), noise);
    return { ink: images.cast("float32").mean() };
  }, { inputs: inputsOf({ batch, pixels }), device, threads });
  const { images, noise } = feedsOf(source, key, 0, 1);
  await step.run({ images, noise });
  await step.sync();
}

function inputsOf({ batch, pixels }: Pick<Source, "batch" | "pixels">) {
  const shape = [batch, pixels] as const;
  return { images: { shape, dtype: "int32" }, noise: { shape } } as const;
}

/** The images and the noise of consecutive updates, which their numbers alone decide. */
function feedsOf(
  { flow, batches, batch, pixels }: Source,
  key: Key,
  first: number,
  count: number,
): UpdateFeeds & {
  readonly images: Uint8Array<ArrayBuffer>;
  readonly noise: Float32Array<ArrayBuffer>;
} {
  const noise = new Float32Array(count * batch * pixels);
  for (let i = 0; i < count; i++) {
    const ofStep = sampleNoise(
      flow.dequantization.noise,
      fold(key, first + i),
      batch * pixels,
    );
    noise.set(ofStep, i * batch * pixels);
  }
  return { images: batches.at(first, count), noise };
}
