/**
 * Items that a game learns from, as a table on the device.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { fold, type Key } from "../core/random/key.ts";
import { permutation } from "../core/random/permutation.ts";
import type { ImageSplit } from "../images/images.ts";

/** Items of one length. */
export interface Items {
  /** Row by row, [count, length]. */
  readonly data: Uint8Array | Float32Array;
  /** How many. */
  readonly count: number;
  /** Numbers of an item. */
  readonly length: number;
  /** Rows of the table as the discriminator sees them. */
  readonly toReal: (rows: tf.Tensor2D) => tf.Tensor2D;
}

/** Grey images as items: bytes of 0 to 255 become numbers of -1 to 1, the range of tanh. */
export function imageItems(
  { pixels, count, rows, columns }: ImageSplit,
): Items {
  return {
    data: pixels,
    count,
    length: rows * columns,
    toReal: (rows) =>
      rows.cast<tf.Tensor2D>("float32").div(127.5).sub<tf.Tensor2D>(1),
  };
}

/** Vectors as items, as they are. */
export function vectorItems(data: Float32Array, length: number): Items {
  return { data, count: data.length / length, length, toReal: (rows) => rows };
}

/**
 * Checks that there are as many items as a turn takes.
 *
 * @param count How many items there are.
 * @param batch Items in a batch.
 * @param criticUpdates Updates of the discriminator in a turn, with a batch each.
 * @throws {RangeError} If there are fewer items than a batch holds, or fewer batches than a turn takes.
 */
export function checkTurn(
  count: number,
  batch: number,
  criticUpdates: number,
): void {
  if (batch > count) {
    throw new RangeError(
      `Expected batch to be at most the ${count} training items but found ${batch}`,
    );
  }
  if (Math.floor(count / batch) >= criticUpdates) return;
  throw new RangeError(
    `Expected ${criticUpdates} batches of ${batch} items, which a turn takes, but found ${count} items`,
  );
}

/** Indices of batches by the number of the weight update, which alone decides them. */
export interface IndexBatches {
  /** Full batches in an epoch. */
  readonly perEpoch: number;
  /** The indices of `count` consecutive batches, [count, batch]. */
  readonly at: (first: number, count: number) => Int32Array<ArrayBuffer>;
}

/**
 * Shuffles items anew for each epoch, and cuts them into batches.
 *
 * @param count How many items there are.
 * @param batch Items in a batch.
 * @param key Decides the orders.
 * @throws {RangeError} If there are fewer items than a batch holds.
 */
export function indexBatches(
  count: number,
  batch: number,
  key: Key,
): IndexBatches {
  checkTurn(count, batch, 1);
  const perEpoch = Math.floor(count / batch);
  let current: { epoch: number; order: Int32Array<ArrayBuffer> } | undefined;
  const orderOf = (epoch: number) => {
    if (current?.epoch !== epoch) {
      current = { epoch, order: permutation(fold(key, epoch), count) };
    }
    return current.order;
  };
  return {
    perEpoch,
    at: (first, batches) => {
      const indices = new Int32Array(batches * batch);
      for (let i = 0; i < batches; i++) {
        const order = orderOf(Math.floor((first + i) / perEpoch));
        const from = (first + i) % perEpoch * batch;
        indices.set(order.subarray(from, from + batch), i * batch);
      }
      return indices;
    },
  };
}
