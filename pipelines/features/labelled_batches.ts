/**
 * The images of each weight update, with their classes.
 * @module
 */
import { fold, type Key } from "../core/random/key.ts";
import { permutation } from "../core/random/permutation.ts";
import type { ImageSplit } from "../images/images.ts";
import { gather } from "../images/split.ts";

/** The images of consecutive updates. */
export interface LabelledBatch {
  /** Bytes, 0 (paper) to 255 (ink), [update, batch, pixel]. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** Classes, counted from 0, [update, batch]. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Batches by the number of the weight update, which alone decides what they hold. */
export interface LabelledBatches {
  /** Full batches in an epoch; images left over are met in another epoch's order. */
  readonly perEpoch: number;
  /** The batches of the updates `first`, ..., `first + count - 1`. */
  readonly at: (first: number, count: number) => LabelledBatch;
}

/**
 * Shuffles images anew for each epoch, and cuts them into batches.
 *
 * @param images The images.
 * @param batch Images in a batch.
 * @param key Decides the orders.
 * @returns The batches.
 * @throws {RangeError} If there are fewer images than a batch holds.
 */
export function labelledBatches(
  images: ImageSplit,
  batch: number,
  key: Key,
): LabelledBatches {
  if (batch > images.count) {
    throw new RangeError(
      `Expected batch to be at most the ${images.count} training images but found ${batch}`,
    );
  }
  const perEpoch = Math.floor(images.count / batch);
  let current = { epoch: -1, order: new Int32Array() };
  const orderAt = (epoch: number) => {
    if (current.epoch !== epoch) {
      const order = permutation(fold(key, epoch), images.count);
      current = { epoch, order };
    }
    return current.order;
  };
  return {
    perEpoch,
    at: (first, count) => {
      const indices = new Int32Array(count * batch);
      for (let i = 0; i < count; i++) {
        const step = first + i;
        const from = (step % perEpoch) * batch;
        const order = orderAt(Math.floor(step / perEpoch));
        indices.set(order.subarray(from, from + batch), i * batch);
      }
      const { pixels, labels } = gather(images, indices);
      return { images: pixels, labels: Int32Array.from(labels) };
    },
  };
}
