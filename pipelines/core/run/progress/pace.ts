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
 * Measures the pace of one stage by exponential averages over time.
 *
 * @param start Seconds on any clock, when the stage begins.
 * @returns A function of each moment and its time in seconds; undefined before any time has passed.
 */
export function paceFrom(
  start: number,
): (moment: Moment, now: number) => Pace | undefined {
  let last: { readonly step: number; readonly time: number } | undefined;
  let weight = 0; // of everything averaged so far
  let items = 0;
  let steps = 0;
  return (moment, now) => {
    const passed = now - (last?.time ?? start);
    const decay = 0.5 ** (passed / HALF_LIFE_SECONDS);
    const done = last ? moment.step - last.step : 0; // a restored stage begins late
    weight = weight * decay + passed;
    items = items * decay + moment.items;
    steps = steps * decay + done;
    last = { step: moment.step, time: now };
    if (weight <= 0 || steps <= 0) return undefined;
    return {
      itemsPerSecond: items / weight,
      secondsLeft: (moment.steps - moment.step) * weight / steps,
    };
  };
}
