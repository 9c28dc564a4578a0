/**
 * Sentences of similar lengths in one batch, so that few compiled sizes waste little on padding.
 * @module
 */
import { fold, type Key } from "../../core/random/key.ts";
import { permutation } from "../../core/random/permutation.ts";

/**
 * Chooses sizes so that padding each length up to the next size adds the least, by dynamic programming.
 *
 * @param lengths Of the sentences, positive.
 * @param count The most sizes.
 * @returns Sizes, rising; the last is the greatest length.
 * @throws {RangeError} If there are no lengths.
 */
export function chooseSizes(
  lengths: readonly number[],
  count: number,
): readonly number[] {
  const most = lengths.reduce((max, length) => Math.max(max, length), 0);
  if (most === 0) throw new RangeError("Expected at least one sentence");
  const upTo = new Float64Array(most + 1); // sentences no longer than each length
  for (const length of lengths) upTo[length]! += 1;
  for (let i = 1; i <= most; i++) upTo[i]! += upTo[i - 1]!;
  let best = Float64Array.from({ length: most + 1 }, (_, i) => upTo[i]! * i);
  const chosen: Int32Array[] = []; // the size before the last, by number of sizes and last size
  for (let sizes = 2; sizes <= Math.min(count, most); sizes++) {
    const next = best.slice();
    const from = new Int32Array(most + 1);
    for (let last = 1; last <= most; last++) {
      for (let before = 1; before < last; before++) {
        const cost = best[before]! + (upTo[last]! - upTo[before]!) * last;
        if (cost < next[last]!) [next[last], from[last]] = [cost, before];
      }
    }
    chosen.push(from);
    best = next;
  }
  const sizes = [most];
  for (let i = chosen.length - 1; i >= 0; i--) {
    const before = chosen[i]![sizes[0]!]!; // within the table
    if (before > 0) sizes.unshift(before);
  }
  return sizes;
}

/**
 * Finds the size for a length.
 *
 * @param length The length.
 * @param sizes Rising.
 * @returns The least size that holds it; the greatest where none does.
 */
export function sizeFor(length: number, sizes: readonly number[]): number {
  return sizes.find((size) => size >= length) ?? sizes.at(-1)!; // there is one
}

/** One batch. */
export interface BucketBatch {
  /** To which its sentences are padded. */
  readonly size: number;
  /** Indices of its sentences; fewer than a batch where a bucket runs out. */
  readonly items: Int32Array<ArrayBuffer>;
}

/** Batches by the number of the weight update, which alone decides what they hold. */
export interface BucketBatches {
  /** Batches of an epoch, in which each sentence occurs once. */
  readonly perEpoch: number;
  /** The batch of a weight update. */
  readonly at: (step: number) => BucketBatch;
}

/**
 * Orders sentences by key: in each epoch the sentences of a bucket are shuffled and cut into batches, and then the
 * batches of all buckets are shuffled.
 *
 * @param lengths Of the sentences.
 * @param options Sizes of the buckets, rising, and sentences in a batch.
 * @param key Decides the order.
 * @returns The batches.
 * @throws {RangeError} If a sentence is longer than the greatest size.
 */
export function bucketBatches(
  lengths: readonly number[],
  { sizes, batch }: { sizes: readonly number[]; batch: number },
  key: Key,
): BucketBatches {
  const most = sizes.at(-1) ?? 0;
  const long = lengths.find((length) => length > most);
  if (long !== undefined) {
    throw new RangeError(
      `Expected sentences of at most ${most} tokens but found ${long}`,
    );
  }
  const buckets = sizes.map((size) => ({
    size,
    items: Int32Array.from(
      lengths.flatMap((length, i) =>
        sizeFor(length, sizes) === size ? [i] : []
      ),
    ),
  }));
  const perEpoch = buckets.reduce(
    (sum, { items }) => sum + Math.ceil(items.length / batch),
    0,
  );
  let planned = -1;
  let plan: readonly BucketBatch[] = [];
  return {
    perEpoch,
    at: (step) => {
      const epoch = Math.floor(step / perEpoch);
      if (epoch !== planned) {
        plan = planEpoch(buckets, batch, fold(key, epoch));
        planned = epoch;
      }
      return plan[step % perEpoch]!; // as many as `perEpoch`
    },
  };
}

function planEpoch(
  buckets: readonly BucketBatch[],
  batch: number,
  key: Key,
): readonly BucketBatch[] {
  const batches = buckets.flatMap(({ size, items }) => {
    const order = permutation(fold(key, size), items.length);
    const count = Math.ceil(items.length / batch);
    return Array.from({ length: count }, (_, i) => ({
      size,
      items: order.slice(i * batch, (i + 1) * batch).map((at) => items[at]!), // an order of them
    }));
  });
  const order = permutation(fold(key, "batches"), batches.length);
  return Array.from(order, (at) => batches[at]!); // as above
}

/**
 * Lays sentences side by side, padded with zeros.
 *
 * @param sentences Their tokens.
 * @param rows How many rows; those behind the sentences are padding.
 * @param size Tokens of a row; longer sentences are cut.
 * @returns int32, [row, size]
 */
export function padRows(
  sentences: readonly (readonly number[])[],
  rows: number,
  size: number,
): Int32Array<ArrayBuffer> {
  const padded = new Int32Array(rows * size);
  sentences.forEach((one, i) => padded.set(one.slice(0, size), i * size));
  return padded;
}
