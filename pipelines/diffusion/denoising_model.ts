/**
 * A network that removes noise, as training and sampling see it, whatever it is told.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { NoiseSchedule } from "../../models/diffusion/noise_schedule.ts";
import type { Prediction } from "../../models/diffusion/prediction.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { ImageSplit } from "../images/images.ts";

/** What the network is called with. */
export interface NetworkInputs {
  /** Noisy items, [batch, length]. */
  readonly images: tf.Tensor2D;
  /** Waves of the timesteps, [batch, timeWidth]. */
  readonly time: tf.Tensor2D;
  /** What is told of each, int32, [batch, conditionWidth]. */
  readonly conditions: tf.Tensor2D;
}

/** Which of a model's weights to use: those that are trained, or their running average. */
export type WeightKind = "trained" | "averaged";

/** A denoising network with its schedule; its weights twice: as trained, and averaged over updates. */
export interface DenoisingModel {
  /** What the optimizer changes. */
  readonly trained: { readonly variables: Variables };
  /** The running average, with which everything is measured and drawn. */
  readonly averaged: { readonly variables: Variables };
  /** Signal and noise by timestep. */
  readonly schedule: NoiseSchedule;
  /** What the network predicts. */
  readonly prediction: Prediction;
  /** Numbers of an item: pixels of an image, or of its latents. */
  readonly length: number;
  /** How items are kept: bytes from 0 to 255, which the network has from -1 to 1, or numbers as it has them. */
  readonly values: "bytes" | "numbers";
  /** Length of the vector that tells a timestep. */
  readonly timeWidth: number;
  /** Whole numbers that tell what an item is: 1 for a class, as many as tokens for a text. */
  readonly conditionWidth: number;
  /** What is told where nothing is, [conditionWidth]. */
  readonly none: ArrayLike<number>;
  /** Calls the network: what is predicted, [batch, length]. */
  readonly predict: (inputs: NetworkInputs, weights: WeightKind) => tf.Tensor2D;
}

/** Items to learn from, and what they are. */
export interface DenoisingItems {
  /** How many there are. */
  readonly count: number;
  /** Item after item, as the model's `values` says, [count * length]. */
  readonly values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** What is told of each, [count * conditionWidth]. */
  readonly conditions: ArrayLike<number>;
}

/** Images with their classes as items. */
export function itemsOf(
  { count, pixels, labels }: ImageSplit,
): DenoisingItems {
  return { count, values: pixels, conditions: labels };
}

/** The number of an item as the network has it: bytes become -1 to 1. */
export function valueAt(
  { values }: Pick<DenoisingItems, "values">,
  kind: DenoisingModel["values"],
  at: number,
): number {
  const value = values[at]!; // one of the items'
  return kind === "bytes" ? value / 127.5 - 1 : value;
}

/** Consecutive rows of a table. */
export function rowsOf(
  table: ArrayLike<number>,
  width: number,
  first: number,
  count: number,
): Int32Array<ArrayBuffer> {
  return Int32Array.from(
    { length: count * width },
    (_, i) => table[first * width + i]!, // rows of the table
  );
}

/** One row, repeated. */
export function repeated(
  row: ArrayLike<number>,
  count: number,
): Int32Array<ArrayBuffer> {
  return Int32Array.from(
    { length: count * row.length },
    (_, i) => row[i % row.length]!, // one of the row's
  );
}
