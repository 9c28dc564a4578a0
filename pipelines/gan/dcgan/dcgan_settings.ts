/**
 * What shapes the comparison of convolutional players with perceptrons.
 * @module
 */
import { count, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** The size of the convolutional players. */
export interface DcganSize {
  /** Channels beside the image. */
  readonly channels: number;
}

/** Settings of `DcganSize`, with their defaults and rules. */
export const dcganSize: Flags<DcganSize> = {
  channels: count(
    32,
    "channels beside the image, half of those beside the smallest features",
    {
      smoke: 4,
    },
  ),
};

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
