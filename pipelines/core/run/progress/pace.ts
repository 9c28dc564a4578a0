/**
 * How fast a stage works and how long it will take.
 * @module
 */
import type { Moment } from "../../context.ts";

/** A moment with its rates. */
export interface Pace {
  /** Items per second, averaged over the last seconds. */
  readonly itemsPerSecond: number;
  /** Until the stage's last step. */
  readonly secondsLeft: number;
}

const HALF_LIFE_SECONDS = 5;

/**
 * Measures the pace of one stage by exponential averages over time, from its first moment on.
 *
 * @returns A function of each moment and its time in seconds on any clock; undefined before any time has passed.
 */
export function measurePace(): (
  moment: Moment,
  now: number,
) => Pace | undefined {
  let last: { readonly step: number; readonly time: number } | undefined;
  let seconds = 0; // each with its weight, as items and steps
  let items = 0;
  let steps = 0;
  return (moment, now) => {
    const passed = last ? now - last.time : 0; // before lie warm-up, and steps of an earlier process
    const decay = 0.5 ** (passed / HALF_LIFE_SECONDS);
    seconds = seconds * decay + passed;
    items = items * decay + (last ? moment.items : 0);
    steps = steps * decay + (last ? moment.step - last.step : 0);
    last = { step: moment.step, time: now };
    if (seconds <= 0 || steps <= 0) return undefined;
    return {
      itemsPerSecond: items / seconds,
      secondsLeft: (moment.steps - moment.step) * seconds / steps,
    };
  };
}
