/**
 * Optimizers that treat every number alike.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Gradients } from "../gradients/value_and_gradients.ts";
import { zeros } from "../parameters/initials.ts";
import {
  createParameters,
  type ParameterSpec,
  type Variables,
} from "../parameters/parameters.ts";
import { type Group, groupBySize } from "./group.ts";
import type { Optimizer, SlotOptions } from "./optimizer.ts";

/** Where packing no longer pays: packing all parameters of a VAE costs 8 % of a step. */
const PACK_BELOW = 32_768;

/** Slots of a group of numbers, by kind. */
export type SlotValues<Kind extends string> = Readonly<
  Record<Kind, tf.Tensor>
>;

/** What an update does to a group of numbers. */
export interface Update<Kind extends string> {
  /** To be subtracted from the parameters. */
  readonly decrease: tf.Tensor;
  /** The new values of the slots. */
  readonly slots: SlotValues<Kind>;
}

/** The rule by which an optimizer updates each number. */
export interface UpdateRule<Kind extends string> {
  /** What is remembered for each number of a parameter; begins at zero. */
  readonly kinds: readonly Kind[];
  /**
   * Prepares one update: computes what all numbers share.
   *
   * @param learningRate A scalar.
   * @param step A scalar: 1 in the first update.
   * @returns The update of a group of numbers, from their gradient and their slots.
   */
  readonly prepare: (learningRate: tf.Tensor, step: tf.Tensor) => (
    gradient: tf.Tensor,
    slots: SlotValues<Kind>,
  ) => Update<Kind>;
  /** Shrinks a parameter before it decreases. */
  readonly shrink?: (
    parameter: tf.Tensor,
    name: string,
    learningRate: tf.Tensor,
  ) => tf.Tensor;
}

/**
 * Creates an optimizer from the rule by which it updates each number.
 *
 * @param variables What it changes, by name.
 * @param rule The rule.
 * @param options Where it keeps its slots.
 */
export function elementwise<const Kind extends string>(
  variables: Variables,
  rule: UpdateRule<Kind>,
  { packBelow = PACK_BELOW }: SlotOptions,
): Optimizer {
  const groups = groupBySize(variables, packBelow);
  const memory = createParameters(
    { step: { shape: [], initial: zeros }, ...slotSpecs(rule.kinds, groups) },
    ({ shape }) => new Float32Array(tf.util.sizeFromShape([...shape])),
  );
  const slots = memory.variables;

  function apply(gradients: Gradients, learningRate: tf.Tensor): void {
    requireGradients(variables, gradients);
    const step = slots["step"]!; // declared above, as are the slots below
    step.assign(step.add(1));
    const update = rule.prepare(learningRate, step);
    for (const group of groups) {
      const slotOf = (kind: Kind) => slots[slotName(kind, group)]!;
      const before = record(rule.kinds, slotOf);
      const { decrease, slots: after } = update(group.join(gradients), before);
      for (const kind of rule.kinds) slotOf(kind).assign(after[kind]);
      for (const [name, part] of Object.entries(group.split(decrease))) {
        const variable = variables[name]!; // the groups hold the variables
        const shrunk = rule.shrink?.(variable, name, learningRate) ?? variable;
        variable.assign(shrunk.sub(part));
      }
    }
  }

  return {
    slots,
    apply: (gradients, learningRate) =>
      tf.tidy(() => apply(gradients, learningRate)),
    [Symbol.dispose]: memory[Symbol.dispose],
  };
}

function slotName(kind: string, { name }: Group): string {
  return name === "" ? kind : `${kind}/${name}`;
}

function slotSpecs(
  kinds: readonly string[],
  groups: readonly Group[],
): Readonly<Record<string, ParameterSpec>> {
  return Object.fromEntries(kinds.flatMap((kind) =>
    groups.map((group) => [
      slotName(kind, group),
      { shape: group.shape, initial: zeros },
    ])
  ));
}

function record<Kind extends string>(
  kinds: readonly Kind[],
  valueOf: (kind: Kind) => tf.Tensor,
): SlotValues<Kind> {
  const entries = kinds.map((kind) => [kind, valueOf(kind)] as const);
  // `fromEntries` forgets which names it was given.
  return Object.fromEntries(entries) as SlotValues<Kind>;
}

function requireGradients(variables: Variables, gradients: Gradients): void {
  for (const name of Object.keys(variables)) {
    if (name in gradients) continue;
    throw new RangeError(
      `Expected a gradient of "${name}" but found those of ${
        Object.keys(gradients).map((found) => `"${found}"`).join(", ") || "none"
      }`,
    );
  }
}
