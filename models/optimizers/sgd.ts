/**
 * Gradient descent, with or without momentum.
 * @module
 */
import type { Variables } from "../parameters/parameters.ts";
import { elementwise, type UpdateRule } from "./elementwise.ts";
import type { Optimizer, SlotOptions } from "./optimizer.ts";

/** Settings of gradient descent. */
export interface SgdOptions extends SlotOptions {
  /** Share of the last step that is repeated; 0, and nothing remembered, unless given. */
  readonly momentum?: number;
}

/**
 * Gradient descent: velocity = momentum * velocity + gradient, and a step of learningRate * velocity.
 *
 * Source: Robbins & Monro 1951; Polyak 1964, in PyTorch's form, where the rate scales the whole velocity.
 *
 * @param variables What it changes, by name.
 * @param options Its settings.
 * @returns The optimizer; dispose it when it is no longer used.
 */
export function sgd(
  variables: Variables,
  { momentum = 0, ...options }: SgdOptions = {},
): Optimizer {
  if (momentum === 0) return elementwise(variables, plain, options);
  return elementwise(variables, {
    kinds: ["velocity"],
    prepare: (learningRate) => (gradient, slots) => {
      const velocity = slots.velocity.mul(momentum).add(gradient);
      return { decrease: velocity.mul(learningRate), slots: { velocity } };
    },
  }, options);
}

const plain: UpdateRule<never> = {
  kinds: [],
  prepare: (learningRate) => (gradient) => ({
    decrease: gradient.mul(learningRate),
    slots: {},
  }),
};
