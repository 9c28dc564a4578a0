/**
 * Learning rates that change with the step.
 * @module
 */
import { checkChoice } from "../../compile/check_choice.ts";
import { count, oneOf, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** How the rate falls after the warm-up. */
export type Decay = "constant" | "cosine" | "linear" | "inverse-root";

const DECAYS = [
  "cosine",
  "constant",
  "linear",
  "inverse-root",
] as const satisfies readonly Decay[];

/** A schedule of the learning rate. */
export interface Schedule {
  /** The highest rate. */
  readonly learningRate: number;
  /** Updates until the rate is at its highest; 0: from the first. */
  readonly warmUp: number;
  /** How it falls from then on. */
  readonly decay: Decay;
  /** Updates in all. */
  readonly steps: number;
}

/** Settings of `Schedule`, with their defaults and rules. */
export const schedule: Flags<Schedule> = {
  steps: count(600, "weight updates", { smoke: 40 }),
  learningRate: real(1e-3, "highest step size of the optimizer", { min: 0 }),
  warmUp: count(100, "weight updates until the highest step size", {
    min: 0,
    smoke: 10,
  }),
  decay: oneOf(DECAYS, "how the step size falls from then on"),
};

/** What is left of the rate at the end of a cosine. */
const LAST = 0.1;

/**
 * The learning rate of a weight update: a line up to the highest rate, and from there a constant, a cosine down to a
 * tenth, a line down to zero, or a fall with the square root of the step.
 *
 * Source: Goyal et al. 2017, section 2.2, for the line; Loshchilov & Hutter 2017, eq. 5, for the wave; Vaswani et al.
 * 2017, eq. 3, for the root.
 *
 * @param step The update, 0 for the first.
 * @param schedule The schedule.
 * @returns The rate, positive.
 * @throws {RangeError} If it falls in no such way.
 */
export function learningRateAt(
  step: number,
  { learningRate, warmUp, decay, steps }: Schedule,
): number {
  checkChoice("decay", decay, DECAYS);
  if (step < warmUp) return learningRate * (step + 1) / warmUp;
  switch (decay) {
    case "constant":
      return learningRate;
    case "cosine": {
      const done = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
      const wave = (1 + Math.cos(Math.PI * done)) / 2;
      return learningRate * (LAST + (1 - LAST) * wave);
    }
    case "linear":
      return learningRate * (steps - step) / Math.max(1, steps - warmUp);
    case "inverse-root":
      return learningRate * Math.sqrt(Math.max(1, warmUp) / (step + 1));
  }
}
