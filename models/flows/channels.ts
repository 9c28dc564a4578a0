/**
 * Which channels a coupling keeps and which it changes.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** All channels of the last axis, in two parts. */
export interface Partition {
  /** The channels that pass unchanged, and decide. */
  readonly kept: readonly number[];
  /** The channels that change. */
  readonly changed: readonly number[];
}

/**
 * The two checkerboards, and the pairs of rows and of columns, of 2 x 2 pixels that lie in four channels as `squeeze`
 * lays them: top left, top right, bottom left, bottom right.
 *
 * Source: Dinh et al. 2017, section 3.4 and figure 3.
 */
export const PIXEL_PARTITIONS: readonly Partition[] = [
  { kept: [0, 3], changed: [1, 2] },
  { kept: [1, 2], changed: [0, 3] },
  { kept: [0, 1], changed: [2, 3] },
  { kept: [2, 3], changed: [0, 1] },
  { kept: [0, 2], changed: [1, 3] },
  { kept: [1, 3], changed: [0, 2] },
];

/** The first or, at odd places, the second half of the channels is kept. */
export function halfPartition(channels: number, place: number): Partition {
  const all = Array.from({ length: channels }, (_, i) => i);
  const middle = Math.ceil(channels / 2);
  const halves = [all.slice(0, middle), all.slice(middle)] as const;
  return place % 2 === 0
    ? { kept: halves[0], changed: halves[1] }
    : { kept: halves[1], changed: halves[0] };
}

/** The channels at even or, at odd places, at odd positions are kept. */
export function alternatePartition(channels: number, place: number): Partition {
  const all = Array.from({ length: channels }, (_, i) => i);
  return {
    kept: all.filter((i) => i % 2 === place % 2),
    changed: all.filter((i) => i % 2 !== place % 2),
  };
}

/**
 * Takes the last axis apart.
 *
 * @param x [..., channel]
 * @param partition All its channels.
 * @returns [..., kept] and [..., changed].
 * @throws {RangeError} If the partition does not name each channel once.
 */
export function partChannels(
  x: tf.Tensor,
  { kept, changed }: Partition,
): readonly [kept: tf.Tensor, changed: tf.Tensor] {
  const ordered = orderChannels(x, [...kept, ...changed]);
  const [first, second] = tf.split(ordered, [kept.length, changed.length], -1);
  return [first!, second!]; // two parts
}

/**
 * Puts the last axis together again.
 *
 * @param kept [..., kept]
 * @param changed [..., changed]
 * @param partition As it was taken apart.
 * @returns [..., channel]
 */
export function joinChannels(
  kept: tf.Tensor,
  changed: tf.Tensor,
  partition: Partition,
): tf.Tensor {
  const order = [...partition.kept, ...partition.changed];
  const back = order.map((_, channel) => order.indexOf(channel));
  return orderChannels(tf.concat([kept, changed], -1), back);
}

/** Channel `i` of the result is channel `order[i]`; channels that stay neighbours move together. */
function orderChannels(x: tf.Tensor, order: readonly number[]): tf.Tensor {
  expectPermutation(order, x.shape.at(-1)!); // channels
  if (order.every((channel, i) => channel === i)) return x;
  const starts = order.filter((channel, i) => channel !== order[i - 1]! + 1);
  const ascending = starts.toSorted((a, b) => a - b);
  const sizes = ascending.map((start, i) =>
    (ascending[i + 1] ?? order.length) - start
  );
  const runs = tf.split(x, sizes, -1);
  return tf.concat(starts.map((start) => runs[ascending.indexOf(start)]!), -1);
}

function expectPermutation(order: readonly number[], channels: number): void {
  const sorted = order.toSorted((a, b) => a - b);
  const isWhole = sorted.length === channels &&
    sorted.every((channel, i) => channel === i);
  if (isWhole) return;
  throw new RangeError(
    `Expected a partition of ${channels} channels but found [${order}]`,
  );
}
