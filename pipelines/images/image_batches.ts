/**
 * The images of each weight update.
 * @module
 */
import { fold, type Key, split } from "../core/random/key.ts";
import { permutation } from "../core/random/permutation.ts";
import type { ImageSplit, PixelImages } from "./images.ts";

/** Batches by the number of the weight update, which alone decides what they hold. */
export interface ImageBatches {
  /** Full batches in an epoch; images left over are met in another epoch's order. */
  readonly perEpoch: number;
  /** The pixels of `count` consecutive batches, [count, batch, pixel]. */
  readonly at: (step: number, count: number) => Uint8Array<ArrayBuffer>;
}

/**
 * Shuffles the training images anew for each epoch, and cuts them into batches.
 *
 * @param images The images; under stochastic binarization they are drawn anew for each epoch.
 * @param batch Images in a batch.
 * @param key Decides the orders.
 * @returns The batches.
 * @throws {RangeError} If there are fewer images than a batch holds.
 */
export function imageBatches(
  images: PixelImages,
  batch: number,
  key: Key,
): ImageBatches {
  const { count, rows, columns } = images.train;
  if (batch > count) {
    throw new RangeError(
      `Expected batch to be at most the ${count} training images but found ${batch}`,
    );
  }
  const perEpoch = Math.floor(count / batch);
  const [orderKey, drawKey] = split(key, 2);
  const length = rows * columns;
  let current: { epoch: number; order: Int32Array; drawn: ImageSplit };
  const epochAt = (epoch: number) => {
    if (current?.epoch !== epoch) {
      const order = permutation(fold(orderKey, epoch), count);
      current = { epoch, order, drawn: images.redraw(fold(drawKey, epoch)) };
    }
    return current;
  };
  return {
    perEpoch,
    at: (step, steps) => {
      const pixels = new Uint8Array(steps * batch * length);
      for (let i = 0; i < steps * batch; i++) {
        const { order, drawn } = epochAt(
          Math.floor((step + Math.floor(i / batch)) / perEpoch),
        );
        const at = order[(step * batch + i) % (perEpoch * batch)]! * length;
        pixels.set(drawn.pixels.subarray(at, at + length), i * length);
      }
      return pixels;
    },
  };
}
