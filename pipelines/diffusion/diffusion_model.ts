/**
 * A diffusion model of images as the stages hand it on.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type Bound,
  createParameters,
  type Parameters,
  type ParameterSpec,
} from "../../models/parameters/parameters.ts";
import {
  type NoiseSchedule,
  noiseSchedule,
  type ScheduleName,
} from "../../models/diffusion/noise_schedule.ts";
import type { Prediction } from "../../models/diffusion/prediction.ts";
import { unet, type UnetParameters, unetSpecs } from "../../models/unet.ts";
import type { Key } from "../core/random/key.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import { assignWeights, readWeights } from "../training/weights.ts";

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
export interface DiffusionModel extends Disposable {
  /** What the optimizer changes. */
  readonly trained: Parameters<UnetParameters<ParameterSpec>>;
  /** The running average, with which everything is measured and drawn. */
  readonly averaged: Parameters<UnetParameters<ParameterSpec>>;
  /** Signal and noise by timestep. */
  readonly schedule: NoiseSchedule;
  /** What the network predicts. */
  readonly prediction: Prediction;
  /** Classes; this index itself stands for none. */
  readonly classes: number;
  /** Side of the images. */
  readonly side: number;
  /** Length of the vector that tells a timestep. */
  readonly timeWidth: number;
}

/** What the network is called with. */
export interface NetworkInputs {
  /** Noisy images, [batch, pixel]. */
  readonly images: tf.Tensor2D;
  /** Waves of the timesteps, [batch, timeWidth]. */
  readonly time: tf.Tensor2D;
  /** Indices of the classes, int32, [batch]. */
  readonly classes: tf.Tensor1D;
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
    classes: CLASSES,
    side,
    timeWidth: TIME_WIDTH,
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/**
 * Calls the network.
 *
 * @param inputs Images, timesteps and classes.
 * @param parameters The trained or the averaged weights.
 * @param side Of the images.
 * @returns What is predicted, [batch, pixel].
 */
export function predict(
  { images, time, classes }: NetworkInputs,
  parameters: Bound<UnetParameters<ParameterSpec>>,
  side: number,
): tf.Tensor2D {
  return unet(images, { time, classes }, parameters, { side });
}
