/**
 * Adagrad.
 * @module
 */
import type { Variables } from "../parameters/parameters.ts";
import { elementwise } from "./elementwise.ts";
import type { Optimizer, SlotOptions } from "./optimizer.ts";

/** Settings of Adagrad. */
export interface AdagradOptions extends SlotOptions {
  /** Added to the root of the sum of squares; 1e-10 unless given. */
  readonly epsilon?: number;
}

/**
 * Adagrad: steps along the gradient over the root of the sum of all squared gradients so far.
 *
 * Source: Duchi et al. 2011, as used by Kingma & Welling 2014, section 5.
 *
 * @param variables What it changes, by name.
 * @param options Its settings.
 * @returns The optimizer; dispose it when it is no longer used.
 */
export function adagrad(
  variables: Variables,
  { epsilon = 1e-10, ...options }: AdagradOptions = {},
): Optimizer {
  return elementwise(variables, {
    kinds: ["sumOfSquares"],
    prepare: (learningRate) => (gradient, slots) => {
      const sumOfSquares = slots.sumOfSquares.add(gradient.square());
      const scaled = gradient.div(sumOfSquares.sqrt().add(epsilon));
      return { decrease: scaled.mul(learningRate), slots: { sumOfSquares } };
    },
  }, options);
}
