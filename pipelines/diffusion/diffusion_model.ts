/**
 * A diffusion model of images as the stages hand it on.
 * @module
 */
import {
  createParameters,
  type Parameters,
  type ParameterSpec,
} from "../../models/parameters/parameters.ts";
import {
  noiseSchedule,
  type ScheduleName,
} from "../../models/diffusion/noise_schedule.ts";
import type { Prediction } from "../../models/diffusion/prediction.ts";
import { unet, type UnetParameters, unetSpecs } from "../../models/unet.ts";
import type { Key } from "../core/random/key.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import { assignWeights, readWeights } from "../training/weights.ts";
import type { DenoisingModel } from "./denoising_model.ts";

/** The sizes of a model, as a run's config gives them. */
export interface DiffusionSizes {
  /** Channels of the U-Net at the full side. */
  readonly channels: number;
  /** Timesteps of the chain. */
  readonly timesteps: number;
  /** How the noise grows. */
  readonly schedule: ScheduleName;
  /** What the network predicts. */
  readonly prediction: Prediction;
}

/** A class-conditional U-Net with its schedule; its weights twice: as trained, and averaged over updates. */
export interface DiffusionModel extends DenoisingModel, Disposable {
  /** What the optimizer changes. */
  readonly trained: Parameters<UnetParameters<ParameterSpec>>;
  /** The running average, with which everything is measured and drawn. */
  readonly averaged: Parameters<UnetParameters<ParameterSpec>>;
  /** Classes; this index itself stands for none. */
  readonly classes: number;
  /** Side of the images. */
  readonly side: number;
}

const CLASSES = 10;
const TIME_WIDTH = 64;

/**
 * Makes a model whose averaged weights equal those to train.
 *
 * @param sizes Of the network and the chain.
 * @param side Of the images.
 * @param key Draws the weights.
 * @returns The model; dispose it when it is no longer used.
 */
export async function diffusionModel(
  { channels, timesteps, schedule, prediction }: DiffusionSizes,
  side: number,
  key: Key,
): Promise<DiffusionModel> {
  const specs = unetSpecs({
    side,
    channels,
    timeWidth: TIME_WIDTH,
    classes: CLASSES,
  });
  using stack = new DisposableStack();
  const trained = stack.use(createParameters(specs, sampleParameter(key)));
  const averaged = stack.use(createParameters(specs, sampleParameter(key)));
  assignWeights(averaged.variables, await readWeights(trained.variables));
  const kept = stack.move();
  return {
    trained,
    averaged,
    schedule: noiseSchedule(schedule, timesteps),
    prediction,
    length: side ** 2,
    values: "bytes",
    timeWidth: TIME_WIDTH,
    conditionWidth: 1,
    none: [CLASSES],
    predict: ({ images, time, conditions }, weights) => {
      const { tree } = weights === "trained" ? trained : averaged;
      return unet(images, { time, classes: conditions.as1D() }, tree, { side });
    },
    classes: CLASSES,
    side,
    [Symbol.dispose]: () => kept.dispose(),
  };
}
