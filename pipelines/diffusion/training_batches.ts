/**
 * The images, timesteps, noise and classes of each weight update.
 * @module
 */
import {
  lossWeight,
  type Weighting,
} from "../../models/diffusion/loss_weighting.ts";
import { predictionParts } from "../../models/diffusion/prediction.ts";
import { timeFeatures } from "../../models/unet/time_features.ts";
import { fold, type Key, split } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { permutation } from "../core/random/permutation.ts";
import { uniform } from "../core/random/uniform.ts";
import {
  type DenoisingItems,
  type DenoisingModel,
  rowsOf,
} from "./denoising_model.ts";

/** What decides a batch. */
export interface BatchOptions {
  /** Images of one weight update. */
  readonly batch: number;
  /** Part of the items of which nothing is told. */
  readonly labelDrop: number;
  /** How much the error at each timestep counts. */
  readonly weighting: Weighting;
}

/** The inputs of consecutive updates, each with a leading axis of [update, batch]. */
export interface TrainingBatch {
  /** As the items are kept, [..., pixel]. */
  readonly images: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** Standard normal, [..., pixel]. */
  readonly noise: Float32Array<ArrayBuffer>;
  /** Waves of the timesteps, [..., timeWidth]. */
  readonly time: Float32Array<ArrayBuffer>;
  /** What is told, such as the class, [..., conditionWidth]. */
  readonly conditions: Int32Array<ArrayBuffer>;
  /** Signal and spread of x, image and noise in the target, and the loss weight, [..., 5]. */
  readonly factors: Float32Array<ArrayBuffer>;
}

/** Numbers of {@linkcode TrainingBatch.factors} for each image. */
export const FACTORS = 5;

/** Batches by the number of the weight update, which alone decides what they hold. */
export interface TrainingBatches {
  /** Full batches in an epoch. */
  readonly perEpoch: number;
  /** The batches of the updates `first`, ..., `first + count - 1`. */
  readonly at: (first: number, count: number) => TrainingBatch;
}

/**
 * Shuffles items anew for each epoch, and draws a timestep, noise and whether to tell what it is for each.
 *
 * @param items To learn from.
 * @param model Decides the factors.
 * @param options Size of a batch, dropped labels, weighting.
 * @param key Decides everything.
 * @returns The batches.
 * @throws {RangeError} If there are fewer items than a batch holds.
 */
export function trainingBatches(
  items: DenoisingItems,
  model: DenoisingModel,
  { batch, labelDrop, weighting }: BatchOptions,
  key: Key,
): TrainingBatches {
  const { schedule, prediction, timeWidth, conditionWidth, length } = model;
  const { count: all, values, conditions } = items;
  if (batch > all) {
    throw new RangeError(
      `Expected batch to be at most the ${all} training images but found ${batch}`,
    );
  }
  const perEpoch = Math.floor(all / batch);
  const [orderKey, drawKey] = split(key, 2);
  const timesteps = schedule.alphaBars.length;
  const weights = Float64Array.from(
    { length: timesteps },
    (_, t) => lossWeight(weighting, prediction, schedule, t),
  );
  let current = { epoch: -1, order: new Int32Array() };
  const orderAt = (epoch: number) => {
    if (current.epoch !== epoch) {
      current = { epoch, order: permutation(fold(orderKey, epoch), all) };
    }
    return current.order;
  };
  const fill = (out: TrainingBatch, at: number, step: number) => {
    const order = orderAt(Math.floor(step / perEpoch));
    const [timeKey, noiseKey, labelKey] = split(fold(drawKey, step), 3);
    const drawn = uniform(timeKey, batch);
    const told = uniform(labelKey, batch);
    const noise = out.noise.subarray(at * length, (at + batch) * length);
    normal(noiseKey, batch * length, noise);
    const chosen = Array.from(drawn, (u) => Math.floor(u * timesteps));
    out.time.set(timeFeatures(chosen, timeWidth), at * timeWidth);
    for (let i = 0; i < batch; i++) {
      const image = order[(step % perEpoch) * batch + i]!; // a batch of the epoch
      out.images.set(
        values.subarray(image * length, (image + 1) * length),
        (at + i) * length,
      );
      out.conditions.set(
        told[i]! < labelDrop
          ? model.none
          : rowsOf(conditions, conditionWidth, image, 1),
        (at + i) * conditionWidth,
      );
      const alphaBar = schedule.alphaBars[chosen[i]!]!;
      const mixing = {
        signal: Math.sqrt(alphaBar),
        spread: Math.sqrt(1 - alphaBar),
      };
      const parts = predictionParts(prediction, mixing);
      out.factors.set([
        mixing.signal,
        mixing.spread,
        parts.image,
        parts.noise,
        weights[chosen[i]!]!,
      ], (at + i) * FACTORS);
    }
  };
  return {
    perEpoch,
    at: (first, count) => {
      const drawn = count * batch;
      const out: TrainingBatch = {
        images: model.values === "bytes"
          ? new Uint8Array(drawn * length)
          : new Float32Array(drawn * length),
        noise: new Float32Array(drawn * length),
        time: new Float32Array(drawn * timeWidth),
        conditions: new Int32Array(drawn * conditionWidth),
        factors: new Float32Array(drawn * FACTORS),
      };
      for (let i = 0; i < count; i++) fill(out, i * batch, first + i);
      return out;
    },
  };
}
