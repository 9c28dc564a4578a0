/**
 * The windows of text of each weight update.
 * @module
 */
import { fold, type Key } from "../core/random/key.ts";
import { uniform } from "../core/random/uniform.ts";

/** Batches by the number of the weight update, which alone decides what they hold. */
export interface TextBatches {
  /** Weight updates that predict as many characters as the text has, at least one. */
  readonly perEpoch: number;
  /** The windows of `count` consecutive batches, [count, batch, window]. */
  readonly at: (step: number, count: number) => Int32Array<ArrayBuffer>;
}

/** What a batch is. */
export interface TextBatchOptions {
  /** Windows in a batch. */
  readonly batch: number;
  /** Characters in a window. */
  readonly window: number;
  /** Characters of a window that are predicted. */
  readonly context: number;
}

/**
 * Draws windows that begin anywhere in a text, each place as likely as any other.
 *
 * @param text Indices of characters.
 * @param options What a batch is.
 * @param key Decides the places.
 * @returns The batches.
 * @throws {RangeError} If the text is shorter than a window.
 */
export function textBatches(
  text: Int32Array<ArrayBuffer>,
  { batch, window, context }: TextBatchOptions,
  key: Key,
): TextBatches {
  const places = text.length - window + 1;
  if (places < 1) {
    throw new RangeError(
      `Expected a text of at least ${window} characters but found ${text.length}`,
    );
  }
  return {
    perEpoch: Math.max(1, Math.floor(text.length / (batch * context))),
    at: (step, count) => {
      const windows = new Int32Array(count * batch * window);
      for (let i = 0; i < count; i++) {
        const units = uniform(fold(key, step + i), batch);
        units.forEach((unit, j) => {
          const start = Math.floor(unit * places);
          windows.set(
            text.subarray(start, start + window),
            (i * batch + j) * window,
          );
        });
      }
      return windows;
    },
  };
}
