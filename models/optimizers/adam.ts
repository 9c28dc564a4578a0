/**
 * Adam, with or without decoupled weight decay.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Variables } from "../parameters/parameters.ts";
import { elementwise, type UpdateRule } from "./elementwise.ts";
import type { Optimizer, SlotOptions } from "./optimizer.ts";

/** Settings of Adam, with the defaults of Kingma & Ba 2015. */
export interface AdamOptions extends SlotOptions {
  /** Decay of the mean of gradients; 0.9 unless given. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients; 0.999 unless given. */
  readonly beta2?: number;
  /** Added to the root of the corrected mean square; 1e-8 unless given. */
  readonly epsilon?: number;
}

/** Settings of AdamW. */
export interface AdamWOptions extends AdamOptions {
  /** How much of a parameter an update takes away, per unit of the learning rate; 0.01 unless given. */
  readonly weightDecay?: number;
  /** Which parameters decay; all unless given. */
  readonly decays?: (name: string) => boolean;
}

/**
 * Adam: steps along the mean of gradients over the root of the mean of their squares, both corrected for beginning at 0.
 *
 * Source: Kingma & Ba 2015, algorithm 1. In exact arithmetic it equals PyTorch's Adam.
 *
 * @param variables What it changes, by name.
 * @param options Its settings.
 * @returns The optimizer; dispose it when it is no longer used.
 */
export function adam(
  variables: Variables,
  options: AdamOptions = {},
): Optimizer {
  return elementwise(variables, adamRule(options), options);
}

/**
 * AdamW: Adam that shrinks the parameters themselves, by 1 - learningRate * weightDecay, before each step.
 *
 * Source: Loshchilov & Hutter 2019, algorithm 2, with the schedule in the learning rate, as in PyTorch.
 *
 * @param variables What it changes, by name.
 * @param options Its settings.
 * @returns The optimizer; dispose it when it is no longer used.
 */
export function adamW(
  variables: Variables,
  options: AdamWOptions = {},
): Optimizer {
  const { weightDecay = 0.01, decays = () => true } = options;
  const rule: UpdateRule<"firstMoment" | "secondMoment"> = {
    ...adamRule(options),
    shrink: (parameter, name, learningRate) =>
      decays(name)
        ? parameter.mul(learningRate.mul(-weightDecay).add(1))
        : parameter,
  };
  return elementwise(variables, rule, options);
}

function adamRule(
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
): UpdateRule<"firstMoment" | "secondMoment"> {
  return {
    kinds: ["firstMoment", "secondMoment"],
    // The slots hold m / (1 - beta1) and v / (1 - beta2), sums instead of means, which takes two passes over the numbers
    // less; the corrections c1 and c2 for beginning at 0, and the two factors, are left to scalars:
    // m / c1 / (sqrt(v / c2) + epsilon) = (1 - beta1) / c1 root M / (sqrt(V) + root epsilon), root = sqrt(c2 / (1 - beta2))
    prepare: (learningRate, step) => {
      const root = correction(beta2, step).div(1 - beta2).sqrt();
      const mean = learningRate.mul(1 - beta1).div(correction(beta1, step));
      const rate = mean.mul(root);
      const floor = root.mul(epsilon);
      return (gradient, slots) => {
        const firstMoment = slots.firstMoment.mul(beta1).add(gradient);
        const secondMoment = slots.secondMoment.mul(beta2)
          .add(gradient.square());
        return {
          decrease: firstMoment.div(secondMoment.sqrt().add(floor)).mul(rate),
          slots: { firstMoment, secondMoment },
        };
      };
    },
  };
}

/**
 * 1 - beta^step, where float32 would cancel: 1 - e^-x = 2 t / (1 + t) with t = tanh(x / 2) and x = -step log(beta).
 */
function correction(beta: number, step: tf.Tensor): tf.Tensor {
  const t = tf.tanh(step.mul(-Math.log(beta) / 2));
  return t.mul(2).div(t.add(1));
}
