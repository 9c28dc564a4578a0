/**
 * What shapes the comparison of convolutional players with perceptrons.
 * @module
 */
import { real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** How equal time is told. */
export interface TimeRatio {
  /** Epochs of perceptrons in the time of one of the convolutional players. */
  readonly timeRatio: number;
}

/** The setting of `TimeRatio`, with its default and rule. */
export const timeRatio: Flags<TimeRatio> = {
  timeRatio: real(
    0,
    "epochs of perceptrons in the time of one of the convolutional players; 0 measures it",
    { min: 0 },
  ),
};
