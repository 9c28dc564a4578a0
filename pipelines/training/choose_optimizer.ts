/**
 * Optimizers by name.
 * @module
 */
import { checkChoice } from "../../compile/check_choice.ts";
import { adagrad } from "../../models/optimizers/adagrad.ts";
import { adam, adamW } from "../../models/optimizers/adam.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import { sgd } from "../../models/optimizers/sgd.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import { oneOf, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** An optimizer, by name. */
export type OptimizerName = "adam" | "adamw" | "sgd" | "momentum" | "adagrad";

const NAMES = [
  "adam",
  "adamw",
  "sgd",
  "momentum",
  "adagrad",
] as const satisfies readonly OptimizerName[];

/** How to change the weights, as a run's config gives it. */
export interface OptimizerChoice {
  /** By name. */
  readonly optimizer: OptimizerName;
  /** Decay of Adam's mean of squared gradients. */
  readonly beta2: number;
  /** AdamW's decay of matrices; vectors, such as biases and scales, do not decay. */
  readonly weightDecay: number;
}

/** Settings of `OptimizerChoice`, with their defaults and rules. */
export const optimizerChoice: Flags<OptimizerChoice> = {
  optimizer: oneOf(NAMES, "how the weights follow their gradient"),
  beta2: real(0.98, "decay of Adam's mean of squared gradients", {
    min: 0,
    max: 0.999999,
  }),
  weightDecay: real(0.1, "decay of matrices by adamw", { min: 0 }),
};

/**
 * Makes the optimizer of a choice.
 *
 * @param variables What it changes.
 * @param choice Which one.
 * @returns The optimizer; dispose it when it is no longer used.
 * @throws {RangeError} If there is none of that name.
 */
export function chooseOptimizer(
  variables: Variables,
  { optimizer, beta2, weightDecay }: OptimizerChoice,
): Optimizer {
  checkChoice("optimizer", optimizer, NAMES);
  switch (optimizer) {
    case "adam":
      return adam(variables, { beta2 });
    case "adamw":
      return adamW(variables, {
        beta2,
        weightDecay,
        decays: (name) => variables[name]!.rank > 1, // one of its variables
      });
    case "sgd":
      return sgd(variables);
    case "momentum":
      return sgd(variables, { momentum: 0.9 });
    case "adagrad":
      return adagrad(variables);
  }
}
