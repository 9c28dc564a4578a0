/**
 * The loss of a sequence model on a text.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { RunContext } from "../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../core/steps_in_flight.ts";
import type { SequenceModel } from "../text/sequence_model.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../statistics/mean_and_error.ts";
import { countWindows, windowBlocks } from "../text/text_windows.ts";

/** Characters measured by one call, about: enough to fill the cores. */
const CHARACTERS = 2048;

/** A loss in nats per character; the errors are over windows. */
export interface WindowLoss {
  /** Loss over all characters of the windows. */
  readonly all: MeanAndError;
  /** Loss over the second half of each window, whose characters have at least half a window before them. */
  readonly secondHalf: MeanAndError;
}

/** Measures the loss with a model's newest weights, as often as wanted. */
export interface LossMeter extends Disposable {
  /**
   * Measures a text.
   *
   * @param text Indices of characters, at least a window.
   * @param most The most windows; 0: all.
   * @returns Nats per character.
   */
  readonly measure: (
    text: Int32Array<ArrayBuffer>,
    most: number,
  ) => Promise<WindowLoss>;
}

/**
 * Compiles the measurement of a model's loss.
 *
 * The windows do not overlap in what is predicted: each character is predicted once, but for those left over, from the
 * characters of its window alone.
 *
 * @param model The model.
 * @param context Of the stage that measures.
 * @returns The meter; dispose it after use.
 */
export async function lossMeter(
  model: SequenceModel,
  { device, threads, signal }: RunContext,
): Promise<LossMeter> {
  const { window, context } = model;
  const size = Math.max(1, Math.round(CHARACTERS / context));
  const step = await compile(({ windows }) => {
    const { target, ...parts } = model.cut(windows);
    const { next } = model.predict(parts);
    const loss = next.logProb(target).neg(); // [size, context]
    const half = Math.floor(context / 2);
    const later = loss.slice([0, half], [size, context - half]);
    return { all: loss.mean(-1), secondHalf: later.mean(-1) };
  }, {
    inputs: { windows: { shape: [size, window], dtype: "int32" } },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  return {
    measure: async (text, most) => {
      const cut = { window, stride: context, most };
      const total = countWindows(text.length, cut);
      const all = new Float32Array(total);
      const secondHalf = new Float32Array(total);
      let measured = 0;
      const found = stepsInFlight(
        step,
        windowBlocks(text, cut, size),
        threads,
        ({ windows }) => ({ windows }),
      );
      for await (const { item: { count }, outputs } of found) {
        signal.throwIfAborted();
        all.set(outputs.all.subarray(0, count), measured);
        secondHalf.set(outputs.secondHalf.subarray(0, count), measured);
        measured += count;
      }
      return { all: meanAndError(all), secondHalf: meanAndError(secondHalf) };
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}
